import { canonicalBytes, digestOf, maxManifestSize, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';
// A manifest and an index at once.
const both = canonicalBytes({ schemaVersion: 2, manifests: [], layers: [], config: {} });

test('bytes that are no manifest of a specification are fetched as they are', async () => {
  await using registry = await startRegistry();
  const mediaType = mediaTypes.imageManifest;
  const { digest } = registry.seedManifest(repository, both, { tag: 'v1', mediaType });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const found = await manifests.fetchBytes('v1');

  expect(found).toMatchObject({ digest, mediaType });
  expect(Buffer.compare(found?.bytes ?? new Uint8Array(), both)).toBe(0);
  expect(await manifests.fetchBytes('v2')).toBeUndefined();
  await expect(manifests.fetch('v1')).rejects.toMatchObject({ code: 'INVALID_MANIFEST' });
});

test.each([
  ['asked for', digestOf('something else'), undefined],
  ['that the registry says', 'v1', digestOf('something else')],
])('bytes that have not the digest %s are refused', async (_, asked, said) => {
  await using server = await startScript((_request, response) => {
    response.writeHead(200, said === undefined ? {} : { 'docker-content-digest': said });
    response.end(both);
  });
  await using client = openClient();
  const { manifests } = client.repository({ registry: server.host, repository });

  await expect(manifests.fetchBytes(asked)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
});

test('bytes without end are not read to their end', async () => {
  await using server = await startScript((_request, response) => {
    response.writeHead(200, { 'content-length': 2 ** 40 });
    response.write(Buffer.alloc(maxManifestSize + 1));
  });
  await using client = openClient({ retry: { attempts: 1 } });
  const { manifests } = client.repository({ registry: server.host, repository });

  await expect(manifests.fetchBytes('v1')).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
});

test('bytes that no specification knows are put at their digest and at tags, where a registry takes them', async () => {
  await using registry = await startRegistry({ capabilities: { confusedManifests: true } });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });
  const index = canonicalBytes({
    ...{ schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [], layers: [] },
    subject: 'nobody looks',
  });

  const { digest } = await manifests.pushBytes(index, mediaTypes.imageIndex, { tags: ['a', 'b'] });

  expect(registry.manifest(repository, digest)?.bytes).toEqual(new Uint8Array(index));
  expect(registry.tags(repository)).toEqual(['a', 'b']);
});
