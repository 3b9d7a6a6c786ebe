import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { startRegistry } from './start-registry.ts';

test('a seeded blob gives its descriptor', async () => {
  await using registry = await startRegistry();

  const descriptor = registry.seedBlob('acme/app', 'größe');

  expect(descriptor).toEqual({
    mediaType: mediaTypes.octetStream,
    digest: digestOf('größe'),
    size: 7,
  });
  expect(registry.blob('acme/app', descriptor.digest)).toEqual(new TextEncoder().encode('größe'));
});

test.each([
  ['an object with a media type', { mediaType: 'application/x' }, 'application/x'],
  ['an object with manifests', { manifests: [] }, mediaTypes.imageIndex],
  ['text with a media type', '{"mediaType":"application/x"}', 'application/x'],
  ['bytes with manifests', new TextEncoder().encode('{"manifests":[]}'), mediaTypes.imageIndex],
  ['what is no JSON', 'hello', mediaTypes.imageManifest],
])('%s is seeded under the right type', async (_, document, mediaType) => {
  await using registry = await startRegistry();

  const descriptor = registry.seedManifest('acme/app', document, { tag: 'v1' });

  expect(descriptor.mediaType).toBe(mediaType);
  expect(registry.manifest('acme/app', 'v1')).toMatchObject({
    mediaType,
    digest: descriptor.digest,
  });
});

test('what is not there is undefined, empty or false', async () => {
  await using registry = await startRegistry();
  const digest = digestOf('content');

  expect(registry.blob('acme/app', digest)).toBeUndefined();
  expect(registry.manifest('acme/app', 'v1')).toBeUndefined();
  expect([registry.blobs('acme/app'), registry.tags('acme/app')]).toEqual([[], []]);
  expect(registry.deleteManifest('acme/app', 'v1')).toBe(false);
  expect(registry.deleteBlob('acme/app', digest)).toBe(false);
  expect(registry.repositories()).toEqual([]);
});

test('manifests and blobs can be taken away behind the back of a client', async () => {
  await using registry = await startRegistry();
  const blob = registry.seedBlob('acme/app', 'content');
  const manifest = registry.seedManifest('acme/app', '{}', { tag: 'v1' });

  expect(registry.deleteBlob('acme/app', blob.digest)).toBe(true);
  expect(registry.deleteManifest('acme/app', manifest.digest)).toBe(true);

  expect([registry.blobs('acme/app'), registry.manifests('acme/app')]).toEqual([[], []]);
  expect(registry.tags('acme/app')).toEqual([]);
});
