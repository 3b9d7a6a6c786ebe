import { canonicalBytes, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact, blobOf } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const nowhere = blobOf('nowhere').descriptor.digest;

test('a pushed manifest is at its tag, byte for byte', async () => {
  await using registry = await startRegistry();
  registry.seedBlob(repository, '{}');
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const bytes = new TextEncoder().encode(
    `{ "schemaVersion": 2, "x-ours": 1e2, "config": ${JSON.stringify(emptyDescriptor)}, "layers": [] }`,
  );

  const descriptor = await manifests.push(bytes, mediaTypes.imageManifest, { tag: 'v1' });

  const kept = registry.manifest(repository, 'v1');
  expect(Buffer.compare(kept?.bytes ?? artifact(), bytes)).toBe(0);
  expect(kept?.mediaType).toBe(mediaTypes.imageManifest);
  expect(descriptor).toMatchObject({ size: bytes.byteLength, mediaType: mediaTypes.imageManifest });
});

test('a manifest pushed without a tag is at its digest alone', async () => {
  await using registry = await startRegistry();
  registry.seedBlob(repository, '{}');
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const { digest } = await manifests.push(artifact(), mediaTypes.imageManifest);

  expect(registry.manifest(repository, digest)?.digest).toBe(digest);
  expect(registry.tags(repository)).toEqual([]);
});

test('a document that is no manifest is refused before anything is asked', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const both = canonicalBytes({ schemaVersion: 2, manifests: [], layers: [], config: {} });

  const failure = manifests.push(both, mediaTypes.imageIndex);

  await expect(failure).rejects.toMatchObject({ code: 'INVALID_MANIFEST' });
  expect(registry.requests()).toEqual([]);
});

test('a manifest that names what is missing is refused with the code of the specification', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const failure = await manifests
    .push(artifact(), mediaTypes.imageManifest)
    .catch((error) => error);

  expect(failure).toMatchObject({ name: 'RegistryError', code: 'MANIFEST_BLOB_UNKNOWN' });
  expect(failure.errors[0].detail).toBeDefined();
});

test('F22: a registry that reads a blob while it is written, and blames the digest, is asked again', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /manifests/, { status: 400, code: 'DIGEST_INVALID', times: 2 });
  registry.seedBlob(repository, '{}');
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  const { digest } = await manifests.push(artifact(), mediaTypes.imageManifest);

  expect(registry.manifests(repository)).toEqual([digest]);
  expect(registry.requests('PUT')).toHaveLength(3);
});

test.each([{}, { digestHeader: false }])(
  'a tag resolves to a descriptor: %j',
  async (capabilities) => {
    await using registry = await startRegistry({ capabilities });
    await using client = openClient();
    const { manifests } = client.repository({ registry: registry.host, repository });
    const seeded = registry.seedManifest(repository, artifact(), { tag: 'v1' });

    expect(await manifests.resolve('v1')).toEqual(seeded);
    expect(await manifests.resolve(seeded.digest)).toEqual(seeded);
  },
);

test('a manifest that is not there is no error', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  expect(await manifests.resolve('v1')).toBeUndefined();
  expect(await manifests.resolve(nowhere)).toBeUndefined();
  expect(await manifests.fetch('v1')).toBeUndefined();
  await expect(manifests.delete('v1')).resolves.toBeUndefined();
});

test.each([401, 403, 429, 500, 503])('%d never means that a manifest is absent', async (status) => {
  await using registry = await startRegistry();
  registry.fail('*', /manifests/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.resolve('v1')).rejects.toThrow(/HEAD|GET|credentials/);
  await expect(manifests.fetch('v1')).rejects.toThrow(/GET|credentials/);
});

test('a refusal of HEAD comes with the words of the same GET', async () => {
  await using registry = await startRegistry();
  registry.fail('*', /manifests/, { status: 403, message: 'not you', times: 2 });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const failure = await manifests.resolve('v1').catch((error) => error);

  expect(failure).toMatchObject({ code: 'DENIED', status: 403 });
  expect(failure.message).toMatch(/^GET http.*\/octo\/app\/manifests\/v1: DENIED: not you$/);
});

test('a fetched manifest comes with its bytes and what they say', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedManifest(repository, artifact(), { tag: 'v1' });

  const fetched = await manifests.fetch('v1');

  expect(fetched?.descriptor).toEqual(descriptor);
  expect(Buffer.from(fetched?.bytes ?? []).equals(artifact())).toBe(true);
  expect(fetched?.manifest).toMatchObject({ kind: 'image', image: { layers: [] } });
});

test('Docker manifests are asked for and read', async () => {
  await using registry = await startRegistry({ capabilities: { strictAccept: true } });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const mediaType = mediaTypes.dockerManifestList;
  registry.seedManifest(repository, { schemaVersion: 2, mediaType, manifests: [] }, { tag: 'v1' });

  expect((await manifests.fetch('v1'))?.manifest).toMatchObject({ kind: 'index', mediaType });
});

test('a deleted tag is gone, and its manifest stays', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedManifest(repository, artifact(), { tag: 'v1' });

  await manifests.delete('v1');

  expect(registry.tags(repository)).toEqual([]);
  expect(registry.manifest(repository, digest)).toBeDefined();
});
