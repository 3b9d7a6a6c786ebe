import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { recordsOf } from './records.ts';
import { writes } from './refusal.ts';
import {
  digestsAt,
  digestsOf,
  indexAt,
  legsOf,
  platformsOf,
  repository,
  update,
} from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const newer = imageOf(linux('arm64'), 3);

test('the first index has the entries of all legs, images first, and the outputs say so', async () => {
  await using registry = await startRegistry();
  const artifact = artifactOf('application/vnd.acme.disk', 'disk');
  const records = legsOf(registry, [artifact, arm64, amd64]);

  const { outputs, annotations } = await update(registry, { records });

  expect(annotations).toEqual([]);
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, arm64, artifact));
  const at = `${registry.host}/${repository}`;
  const found = registry.manifest(repository, '1.0');
  expect(outputs).toMatchObject({
    digest: found?.digest,
    index: new TextDecoder().decode(found?.bytes),
    references: JSON.stringify([`${at}:1.0`, `${at}@${found?.digest}`]),
    changed: 'true',
    added: '3',
    replaced: '0',
    kept: '0',
    removed: '0',
  });
});

test('records come from a file as well', async () => {
  await using registry = await startRegistry();
  const files = { 'out/records.json': legsOf(registry, [amd64]) };

  const { exitCode } = await update(registry, { 'records-file': 'out/records.json' }, { files });

  expect(exitCode).toBe(0);
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64));
});

test('A6: merge replaces what is the same entry, in its place, and keeps the rest', async () => {
  await using registry = await startRegistry();
  const foreign = artifactOf('application/vnd.other', 'not ours');
  seed(registry, repository, indexOf([arm64, foreign, amd64]), '1.0');
  const before = indexAt(registry, '1.0').manifests;

  const { outputs } = await update(registry, { records: legsOf(registry, [newer]) });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(newer, foreign, amd64));
  expect(indexAt(registry, '1.0').manifests.slice(1)).toEqual(before.slice(1));
  expect(outputs).toMatchObject({ added: '0', replaced: '1', kept: '2', removed: '0' });
});

test('replace leaves exactly these entries', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([arm64, amd64]), '1.0');
  const records = legsOf(registry, [newer]);

  const { outputs } = await update(registry, { records, mode: 'replace' });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(newer));
  expect(outputs).toMatchObject({ replaced: '1', removed: '1' });
});

test.each([
  ['a platform', 'linux/arm64'],
  ['a digest', arm64.descriptor.digest],
  ['an annotation', 'annotations.flavor=a=b'],
])('remove takes out by %s', async (_, remove) => {
  await using registry = await startRegistry();
  const flavored = {
    ...arm64,
    descriptor: { ...arm64.descriptor, annotations: { flavor: 'a=b' } },
  };
  seed(registry, repository, indexOf([flavored, amd64]), '1.0');

  const { outputs } = await update(registry, { mode: 'remove', remove });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64));
  expect(outputs).toMatchObject({ added: '0', removed: '1', kept: '1', changed: 'true' });
});

test('A6: with an identity of its own an index holds several entries of one platform', async () => {
  await using registry = await startRegistry();
  const kind = (flavor: string, build: number) => {
    const image = imageOf(linux('amd64'), build);
    return { ...image, descriptor: { ...image.descriptor, annotations: { flavor } } };
  };
  const identity = 'platform\nannotations.flavor';
  await update(registry, { identity, records: legsOf(registry, [kind('aws', 4), kind('kvm', 5)]) });
  const records = legsOf(registry, [kind('kvm', 6)]);

  const { outputs } = await update(registry, { identity, records });

  expect(indexAt(registry, '1.0').manifests.map((entry) => entry.annotations)).toEqual([
    { flavor: 'aws' },
    { flavor: 'kvm' },
  ]);
  expect(outputs).toMatchObject({ replaced: '1', kept: '1' });
});

test('A16: several tags name one index', async () => {
  await using registry = await startRegistry();
  const tags = `1.0\n${registry.host}/${repository}:latest\n1`;
  const records = legsOf(registry, [amd64, arm64]);

  const { outputs, summary } = await update(registry, { tags, records });

  expect(registry.tags(repository).toSorted()).toEqual(['1', '1.0', 'latest']);
  expect(
    new Set(['1', '1.0', 'latest'].map((tag) => registry.manifest(repository, tag)?.digest)),
  ).toEqual(new Set([outputs.digest]));
  expect(summary).toMatch(/^\| <code>latest<\/code> \| .* \| nothing \| <code>sha256:/m);
});

test('A5, F19: a repeat writes nothing where tags are immutable, and says that nothing changed', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  const records = legsOf(registry, [amd64, arm64]);
  const first = await update(registry, { records, tags: '1.0\nlatest' });
  registry.clearRequests();

  const second = await update(registry, { records, tags: '1.0\nlatest' });

  expect(writes(registry)).toEqual([]);
  expect(second.outputs).toMatchObject({
    changed: 'false',
    digest: first.outputs.digest,
    kept: '2',
  });
  expect(second.summary).toContain('nothing changed');
});

test('a dry run writes nothing, and gives the index of the real one', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64, arm64]);

  const dry = await update(registry, { records, 'dry-run': 'true' });
  const written = writes(registry);
  const real = await update(registry, { records });

  expect(written).toEqual([]);
  const told = ({ digest, index, added }: Readonly<Record<string, string>>) => ({
    digest,
    index,
    added,
  });
  expect(told(dry.outputs)).toEqual(told(real.outputs));
  expect(dry.summary).toMatch(/\(dry run\)[\s\S]*Would be[\s\S]*<code>1\.0<\/code>/);
});

test('A8, R7: an image that stood at the tag becomes an entry', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, amd64, '1.0');

  await update(registry, { records: legsOf(registry, [arm64]) });

  expect(platformsOf(indexAt(registry, '1.0').manifests)).toEqual(['linux/amd64', 'linux/arm64']);
});

test('a leg that pushed an index gives its entries', async () => {
  await using registry = await startRegistry();
  const both = indexOf([amd64, arm64]);
  seed(registry, repository, both);
  const children = [amd64.descriptor, arm64.descriptor];

  await update(registry, { records: recordsOf([{ descriptor: both.descriptor, children }]) });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, arm64));
});
