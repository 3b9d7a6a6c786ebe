import { intentPrefix } from '@oci-matrix/core';
import { digestOf } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { artifactOf, imageOf, linux } from '../actions/content.ts';
import { digestsAt, digestsOf, legsOf, repository, update } from '../actions/update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const disk = artifactOf('application/vnd.acme.disk', 'disk');

const intentsIn = (registry: Registry): string[] =>
  registry.tags(repository).filter((tag) => tag.startsWith(intentPrefix));

test('converging: with concurrent, steps that run at one time lose no entry', async () => {
  await using registry = await startRegistry();
  const contents = [amd64, arm64, disk];

  const results = await Promise.all(
    contents.map((content) =>
      update(registry, { records: legsOf(registry, [content]), concurrent: 'true' }),
    ),
  );

  expect(results.flatMap(({ annotations }) => annotations)).toEqual([]);
  expect(digestsAt(registry, '1.0').sort()).toEqual(digestsOf(...contents).sort());
  expect(intentsIn(registry)).toHaveLength(3);
  const spared = results.flatMap(({ outputs }) => outputs['protected-digests']?.split('\n') ?? []);
  const intents = intentsIn(registry).map((tag) => registry.manifest(repository, tag));
  expect(spared).toEqual(
    expect.arrayContaining(intents.map((intent) => digestOf(intent?.bytes ?? ''))),
  );
});

test('with concurrent, a dry run writes nothing', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64]);

  const dry = await update(registry, { records, concurrent: 'true', 'dry-run': 'true' });

  expect(dry.annotations).toEqual([]);
  expect(registry.tags(repository)).toEqual([]);
});

test.each([
  [{ mode: 'replace' }, /mode replace takes away/],
  [{ guard: 'run-number' }, /guard has nothing to compare/],
  [{ images: '127.0.0.1:1/acme/copy' }, /several images/],
])('concurrent does not go with %j', async (given, message) => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64]);

  const { annotations } = await update(registry, { records, concurrent: 'true', ...given });

  expect(annotations).toMatchObject([{ level: 'error', message: expect.stringMatching(message) }]);
  expect(registry.tags(repository)).toEqual([]);
});
