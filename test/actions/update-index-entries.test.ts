import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { refusalOf } from './refusal.ts';
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
const repaired = imageOf(linux('arm64'), 3);
const [fixed] = digestsOf(repaired);

test('one platform is replaced by its digest, without any leg', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([amd64, arm64]), '1.0');
  seed(registry, repository, repaired);

  const { outputs } = await update(registry, { entries: fixed ?? '' });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, repaired));
  expect(platformsOf(indexAt(registry, '1.0').manifests)).toEqual(['linux/amd64', 'linux/arm64']);
  expect(outputs).toMatchObject({ replaced: '1', kept: '1', added: '0' });
});

test('an artifact and the entries of an index come in by their digests, too', async () => {
  await using registry = await startRegistry();
  const disk = artifactOf('application/vnd.acme.disk', 'disk');
  const both = indexOf([amd64, arm64]);
  seed(registry, repository, disk);
  seed(registry, repository, both);

  await update(registry, { entries: digestsOf(disk, both).join('\n') });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, arm64, disk));
  expect(indexAt(registry, '1.0').manifests[2]?.artifactType).toBe('application/vnd.acme.disk');
});

test('entries come with records as well, and are annotated like them', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, repaired);
  const annotations = 'manifest-descriptor:a=b';

  const records = legsOf(registry, [amd64]);
  await update(registry, { records, entries: fixed ?? '', annotations });

  expect(indexAt(registry, '1.0').manifests.map((entry) => entry.annotations)).toEqual([
    { a: 'b' },
    { a: 'b' },
  ]);
});

test('a manifest that is not in the image is refused by its digest', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([amd64, arm64]), '1.0');

  const result = await update(registry, { entries: fixed ?? '' });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'MANIFEST_UNKNOWN',
    what: expect.stringContaining(fixed ?? ''),
  });
});

test('a digest and a leg of one platform are two entries of one identity, and refused', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, repaired);

  const result = await update(registry, {
    records: legsOf(registry, [arm64]),
    entries: fixed ?? '',
  });

  expect(refusalOf(result, registry).code).toBe('ENTRY_DUPLICATE');
});

test.each([
  ['entries to take out', { mode: 'remove', remove: 'linux/arm64' }, fixed, /^input "entries": /],
  ['what is no digest', {}, 'linux/arm64', /^input "entries": not a digest: "linux\/arm64"$/],
])('%s are refused before anybody is asked', async (_, given, entries, what) => {
  await using registry = await startRegistry();

  const result = await update(registry, { ...given, entries: entries ?? '' });

  expect(refusalOf(result, registry)).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
  });
  expect(registry.requests()).toEqual([]);
});
