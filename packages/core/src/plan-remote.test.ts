import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { bytesAt, copy, seedIndex, signatureOf } from './test-kit/copies.ts';
import { attestationFor } from './test-kit/records.ts';
import { seedImage } from './test-kit/seeds.ts';

test('an index of another registry arrives with its bytes unchanged, and all that it names', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  const { images, index } = seedIndex(source);

  const plan = await copy(source, target, { tag: '1.0' });

  expect(plan.root).toEqual({ ...index, mediaType: mediaTypes.imageIndex });
  expect(plan.children).toEqual(images);
  expect(plan.pushed.map(({ outcome }) => outcome)).toEqual(Array(4).fill('uploaded'));
  expect(bytesAt(target, 'acme/copy', 'copied')).toEqual(bytesAt(source, 'octo/app', '1.0'));
  expect(target.blobs('acme/copy').toSorted()).toEqual(source.blobs('octo/app').toSorted());
});

test('of an index the image of one platform can be meant', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  const { images } = seedIndex(source);

  const plan = await copy(source, target, { tag: '1.0', platform: 'linux/arm64' });

  expect(plan.root).toEqual(images[1]);
  expect(target.manifests('acme/copy')).toEqual([images[1].digest]);
});

test('a platform that the index does not have is an error with what it has', async () => {
  await using source = await startRegistry();
  seedIndex(source);

  await expect(copy(source, source, { tag: '1.0', platform: 'linux/s390x' })).rejects.toMatchObject(
    {
      code: 'SOURCE_INVALID',
      message: `${source.host}/octo/app cannot be used: it has 2 images (linux/amd64, linux/arm64), 0 of them for linux/s390x`,
    },
  );
});

test('an image for another platform than was given is refused', async () => {
  await using source = await startRegistry();
  seedImage(source, 'linux/arm64', { tag: 'arm' });

  await expect(copy(source, source, { tag: 'arm', platform: 'linux/amd64' })).rejects.toMatchObject(
    {
      code: 'PLATFORM_MISMATCH',
    },
  );
});

test('from another repository of the same registry everything is mounted, and no layer is read', async () => {
  await using registry = await startRegistry({ capabilities: { mount: true } });
  const { index } = seedIndex(registry);
  registry.clearRequests();

  await copy(registry, registry, { digest: index.digest });

  expect(bytesAt(registry, 'acme/copy', 'copied')).toEqual(bytesAt(registry, 'octo/app', '1.0'));
  expect(registry.requests('GET').filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  expect(registry.requests('PUT').filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
});

test('blobs that the target has are not read from the source', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  const { images } = seedIndex(source);
  for (const digest of source.blobs('octo/app')) {
    target.seedBlob('acme/copy', source.blob('octo/app', digest) ?? '');
  }
  source.clearRequests();

  await copy(source, target, { tag: '1.0' });

  expect(target.manifests('acme/copy')).toContain(images[0].digest);
  expect(source.requests().filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
});

test('a repeat reads no blob and writes nothing', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry({ capabilities: { immutableTags: true } });
  const { images } = seedIndex(source);
  signatureOf(source, images[0], 'signature');
  await copy(source, target, { tag: '1.0' });
  source.clearRequests();
  target.clearRequests();

  await copy(source, target, { tag: '1.0' });

  expect(source.requests().filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
  expect([...target.requests('PUT'), ...target.requests('POST')]).toEqual([]);
});

test('a blob that is not what its digest says never arrives', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  seedImage(source, 'linux/amd64', { tag: '1.0' });
  // The first one is the config, for its platform.
  source.fail('GET', /\/blobs\//, { corrupt: true, after: 1, times: 9 });

  await expect(copy(source, target, { tag: '1.0' })).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
  });
  expect(target.manifests('acme/copy')).toEqual([]);
});

test('an entry that says another size than its manifest has is refused', async () => {
  await using source = await startRegistry();
  const image = seedImage(source, 'linux/amd64');
  const manifests = [{ ...image, size: image.size + 1 }];
  source.seedManifest('octo/app', { schemaVersion: 2, manifests }, { tag: '1.0' });

  await expect(copy(source, source, { tag: '1.0' })).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: `${source.host}/octo/app cannot be used: the manifest ${image.digest} has ${image.size} bytes, its descriptor says ${image.size + 1}`,
  });
});

test('a reference that names nothing is an error with both of its halves', async () => {
  await using source = await startRegistry();

  await expect(copy(source, source, { tag: '2.0' })).rejects.toMatchObject({
    code: 'MANIFEST_UNKNOWN',
    message: `${source.host}/octo/app has no manifest 2.0`,
  });
});

test('attestations of an index come along as the entries that they are', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  const image = seedImage(source, 'linux/amd64');
  const layer = source.seedBlob('octo/app', 'provenance');
  const attestation = source.seedManifest('octo/app', {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: { ...source.seedBlob('octo/app', '{"of":1}'), mediaType: mediaTypes.imageConfig },
    layers: [{ ...layer, mediaType: 'application/vnd.in-toto+json' }],
  });
  const { annotations, platform } = attestationFor(image);
  const entry = { ...attestation, annotations, platform };
  source.seedManifest('octo/app', { schemaVersion: 2, manifests: [image, entry] }, { tag: '1.0' });

  const plan = await copy(source, target, { tag: '1.0', platform: 'linux/amd64' });

  expect(plan.children).toEqual([image, entry]);
  expect(target.manifests('acme/copy').toSorted()).toEqual(
    [image.digest, attestation.digest].toSorted(),
  );
});
