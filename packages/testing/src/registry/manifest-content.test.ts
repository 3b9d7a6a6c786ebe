import { digestOf, emptyBytes, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, digestOfDocument, putManifestTo, sampleImage } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const layerOf = (content: string, mediaType: string = mediaTypes.imageLayer) => ({
  mediaType,
  digest: digestOf(content),
  size: content.length,
});
const path = 'acme/app/manifests/v1';

test('each missing blob is named, once', async () => {
  await using registry = await startRegistry();
  const layers = [layerOf('a'), layerOf('b'), layerOf('a')];

  const answer = await putManifestTo(registry, path, sampleImage(registry, 'acme/app', { layers }));

  expect(answer.status).toBe(400);
  const { errors } = JSON.parse(await answer.text());
  expect(errors).toMatchObject([
    { code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: digestOf('a') } },
    { code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: digestOf('b') } },
  ]);
  expect(registry.tags('acme/app')).toEqual([]);
});

test('a blob of another repository is missing here', async () => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/other');

  const answer = await putManifestTo(registry, path, document);

  expect(await codesIn(answer)).toEqual(['MANIFEST_BLOB_UNKNOWN', 'MANIFEST_BLOB_UNKNOWN']);
});

test('an index needs its children, and takes them once they are there', async () => {
  await using registry = await startRegistry();
  const child = sampleImage(registry, 'acme/app');
  const digest = digestOfDocument(child);
  const size = JSON.stringify(child).length;
  const mediaType = mediaTypes.imageIndex;
  const manifests = [{ mediaType: child.mediaType, digest, size }];
  const index = { schemaVersion: 2, mediaType, manifests };

  const early = await putManifestTo(registry, path, index);
  await putManifestTo(registry, `acme/app/manifests/${digest}`, child);
  const late = await putManifestTo(registry, path, index);
  const inner = {
    mediaType,
    digest: digestOfDocument(index),
    size: JSON.stringify(index).length,
  };
  const nested = await putManifestTo(registry, path, { ...index, manifests: [inner] });

  expect([early.status, late.status, nested.status]).toEqual([400, 201, 201]);
});

test('a registry that does not look takes anything', async () => {
  await using registry = await startRegistry({ capabilities: { checkManifestContent: false } });

  const answer = await putManifestTo(registry, path, sampleImage(registry, 'acme/other'));

  expect(answer.status).toBe(201);
});

test('a missing subject is accepted, unless the registry requires it', async () => {
  await using registry = await startRegistry();
  await using strict = await startRegistry({ capabilities: { requireSubject: true } });
  const subject = layerOf('subject', mediaTypes.imageManifest);

  const statuses = await Promise.all(
    [registry, strict].map(async (each) => {
      const document = sampleImage(each, 'acme/app', { subject });
      return (await putManifestTo(each, path, document)).status;
    }),
  );

  expect(statuses).toEqual([201, 400]);
});

test.each([
  ['no layers', { layers: [] }],
  ['a field nobody knows', { 'com.acme.field': { deep: [1, 2] } }],
  ['an artifact type', { artifactType: 'application/vnd.acme.thing' }],
  [
    'a layer that must not be distributed, and is not there',
    { layers: [layerOf('x', 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip')] },
  ],
  [
    'a foreign layer of Docker, which is not there',
    { layers: [layerOf('x', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip')] },
  ],
  ['embedded content', { config: { ...emptyDescriptor, data: 'e30=' } }],
  ['the types of Docker', { mediaType: mediaTypes.dockerManifest }],
])('an image with %s is taken as it is', async (_, more) => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/app', emptyBytes);
  const document = sampleImage(registry, 'acme/app', more);

  const answer = await putManifestTo(registry, path, document);

  expect(answer.status).toBe(201);
  const stored = registry.manifest('acme/app', 'v1');
  expect(JSON.parse(Buffer.from(stored?.bytes ?? '').toString())).toEqual(document);
  expect(stored?.mediaType).toBe(document.mediaType);
});

test.each([
  ['both layers and manifests', { manifests: [] }],
  ['another media type inside', { mediaType: mediaTypes.imageIndex }],
  ['an unknown schema version', { schemaVersion: 1 }],
  ['no config', { config: undefined }],
])('an image with %s is refused', async (_, more) => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app', more);

  const answer = await putManifestTo(registry, path, document, {
    'content-type': mediaTypes.imageManifest,
  });

  expect(answer.status).toBe(400);
  expect(await codesIn(answer)).toEqual(['MANIFEST_INVALID']);
});

test('what is not JSON is refused', async () => {
  await using registry = await startRegistry();

  const answer = await fetch(`${registry.url}/v2/${path}`, {
    method: 'PUT',
    headers: { 'content-type': mediaTypes.imageManifest },
    body: 'hello',
  });

  expect(await codesIn(answer)).toEqual(['MANIFEST_INVALID']);
});

test('a registry may take some media types of configs and layers alone', async () => {
  const contentTypes = [mediaTypes.imageConfig, mediaTypes.imageLayer];
  await using registry = await startRegistry({ capabilities: { contentTypes } });
  const document = sampleImage(registry, 'acme/app');
  const layers = document.layers.map((layer) => ({ ...layer, mediaType: 'text/plain' }));

  const taken = await putManifestTo(registry, 'acme/app/manifests/v1', document);
  const refused = await putManifestTo(registry, 'acme/app/manifests/v2', { ...document, layers });

  expect([taken.status, refused.status]).toEqual([201, 400]);
  expect(await codesIn(refused)).toEqual(['MANIFEST_INVALID']);
  expect(registry.tags('acme/app')).toEqual(['v1']);
});

test('what is a manifest and an index at once is refused, but by a registry of old', async () => {
  const both = { mediaType: mediaTypes.imageIndex, schemaVersion: 2, manifests: [], layers: [] };
  await using strict = await startRegistry();
  await using old = await startRegistry({ capabilities: { confusedManifests: true } });

  const answers = await Promise.all([strict, old].map((one) => putManifestTo(one, path, both)));

  expect(answers.map(({ status }) => status)).toEqual([400, 201]);
});

test('a registry of old, too, misses the blobs of a manifest that is an index as well', async () => {
  await using registry = await startRegistry({ capabilities: { confusedManifests: true } });
  const document = sampleImage(registry, 'acme/app', { layers: [layerOf('a')] });

  const answer = await putManifestTo(registry, path, { ...document, manifests: [] });

  expect(await codesIn(answer)).toEqual(['MANIFEST_BLOB_UNKNOWN']);
});
