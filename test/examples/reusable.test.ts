import { readFile } from 'node:fs/promises';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { publishedAt, writesTo } from '../flows/kit/published.ts';
import { repository, runOn } from '../flows/kit/run.ts';
import { schemaFaults } from '../schema-faults.ts';
import { calling, callFiles as files } from './calling.ts';
import { released, reusableFiles, runExample } from './run-example.ts';

test('a caller that only builds has its artifacts pushed and published by one call', async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, 'reusable', released);

  const published = publishedAt(registry, repository, 'latest');
  expect(run.conclusion).toBe('success');
  expect(published?.index.manifests.map(({ platform }) => platform?.architecture)).toEqual([
    ...['amd64', 'arm64'],
  ]);
  expect(registry.tags(repository)).toEqual(['latest', 'v1.2.3']);
  expect(run.job('report').steps[0]?.log).toBe(`published ${published?.digest}\n`);
});

const publishedSchema = async (): Promise<unknown> =>
  JSON.parse(await readFile(new URL('../../schemas/published-v1.json', import.meta.url), 'utf8'));

test('legs find files of the repository, and the platform under the key that the caller names', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, calling(), { files: await reusableFiles(files) });

  const published = JSON.parse(run.job('report').steps[0]?.log ?? 'null');
  expect(schemaFaults(await publishedSchema(), published)).toEqual([]);
  expect(published).toMatchObject({
    digest: publishedAt(registry, repository, 'v1')?.digest,
    images: [{ image: `${registry.host}/${repository}`, tags: [{ tag: 'v1', moved: true }] }],
    manifests: [
      { platform: 'linux/amd64', artifactType: 'application/vnd.acme.image' },
      { platform: 'linux/arm64', artifactType: 'application/vnd.acme.image' },
    ],
  });
});

test('a dry run writes nothing, and gives the digest that the real run gives', async () => {
  await using registry = await startRegistry();
  const given = await reusableFiles(files);

  await using dry = await runOn(registry, calling(['dry-run: true']), { files: given });
  const written = writesTo(registry);
  await using real = await runOn(registry, calling(), { files: given });

  const [before, after] = [dry, real].map((run) =>
    JSON.parse(run.job('report').steps[0]?.log ?? 'null'),
  );
  expect(written).toEqual([]);
  expect(before).toMatchObject({ dryRun: true, digest: after.digest });
  expect(publishedAt(registry, repository, 'v1')?.digest).toBe(after.digest);
});

test('a leg without its artifact stops the release, and no tag moves', async () => {
  await using registry = await startRegistry();
  const source = calling().replace('"runner": "big"', '"artifact": "nowhere"');

  await using run = await runOn(registry, source, { files: await reusableFiles(files) });

  expect(run.conclusion).toBe('failure');
  expect(run.job('report').conclusion).toBe('skipped');
  expect(registry.tags(repository)).toEqual([]);
});
