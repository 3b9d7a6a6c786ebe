import { canonicalBytes, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Content, contentOf, imageOf, indexOf, linux, seed } from './content.ts';
import { recordsOf } from './records.ts';
import { refusalOf } from './refusal.ts';
import { digestsOf, indexAt, legsOf, repository, update } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];

/** The image with more in its manifest, or with other media types. */
function changed(image: Content, members: object, types: Readonly<Record<string, string>> = {}) {
  const { bytes = new Uint8Array() } = image.blobs.get(image.descriptor.digest) ?? {};
  const text = new TextDecoder().decode(bytes);
  const typed = Object.entries(types).reduce(
    (all, [a, b]) => all.replaceAll(`"${a}"`, `"${b}"`),
    text,
  );
  const manifest = { ...JSON.parse(typed), ...members };
  const blobs = [...image.blobs].map(([digest, blob]) => ({
    descriptor: { digest, mediaType: blob.mediaType, size: blob.bytes.byteLength },
    blobs: new Map([[digest, blob]]),
  }));
  const { platform } = image.descriptor;
  return contentOf(
    canonicalBytes(manifest),
    manifest.mediaType,
    blobs,
    platform ? { platform } : {},
  );
}

const docker = {
  [mediaTypes.imageManifest]: mediaTypes.dockerManifest,
  [mediaTypes.imageConfig]: mediaTypes.dockerConfig,
  [mediaTypes.imageLayer]: mediaTypes.dockerLayerGzip,
};

const annotated = (image: Content, annotations: Readonly<Record<string, string>>) =>
  changed(image, { annotations });

const alike = { 'org.opencontainers.image.title': 'App', 'org.opencontainers.image.version': '1' };

test('F25: what the manifests of all legs say alike goes on the index, on request', async () => {
  await using registry = await startRegistry();
  const legs = [
    annotated(amd64, { ...alike, 'org.acme.runner': 'x64', 'org.acme.one': '1' }),
    annotated(arm64, { ...alike, 'org.acme.runner': 'arm' }),
  ];
  const records = legsOf(registry, legs);
  const annotations = 'manifest:org.opencontainers.image.version=2';

  await update(registry, { records, annotations, 'annotations-from-legs': 'true' });
  await update(registry, { records, tags: 'plain' });

  expect(indexAt(registry, '1.0').annotations).toEqual({
    'org.opencontainers.image.title': 'App',
    'org.opencontainers.image.version': '2',
  });
  expect(indexAt(registry, 'plain').annotations).toBeUndefined();
});

test('F25: attestations have no say in what all legs have', async () => {
  await using registry = await startRegistry();
  const image = annotated(amd64, alike);
  const attestation = imageOf({ architecture: 'unknown', os: 'unknown' }, 7);
  seed(registry, repository, image);
  seed(registry, repository, attestation);
  const speaking = {
    ...attestation.descriptor,
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': image.descriptor.digest,
    },
  };
  const { descriptor } = image;
  const records = recordsOf([{ descriptor, children: [descriptor, speaking] }]);

  await update(registry, { records, 'annotations-from-legs': 'true' });

  expect(indexAt(registry, '1.0').annotations).toEqual(alike);
});

test('a leg whose manifest is gone is missed before anything is written', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64]);
  registry.deleteManifest(repository, amd64.descriptor.digest);

  const result = await update(registry, { records, 'annotations-from-legs': 'true' });

  expect(refusalOf(result, registry).code).toBe('CHILD_MISSING');
});

test('F25: images of Docker media types lose no annotation', async () => {
  await using registry = await startRegistry();
  const legs = [changed(amd64, {}, docker), changed(arm64, {}, docker)];
  const annotations = 'index:a=1\nmanifest:b=2\nmanifest-descriptor[linux/arm64]:c=3';

  await update(registry, { records: legsOf(registry, legs), annotations });

  const index = indexAt(registry, '1.0');
  expect(index.mediaType).toBe(mediaTypes.imageIndex);
  expect(index.annotations).toEqual({ a: '1', b: '2' });
  expect(index.manifests.map((entry) => entry.annotations)).toEqual([undefined, { c: '3' }]);
});

test.each(['merge', 'remove'])(
  'F25: a Docker list at the tag, which has no annotations, becomes an index that has (%s)',
  async (mode) => {
    await using registry = await startRegistry();
    const list = { schemaVersion: 2, mediaType: mediaTypes.dockerManifestList };
    const legs = [changed(amd64, {}, docker), changed(arm64, {}, docker)];
    const manifests = legs.map(({ descriptor }) => descriptor);
    const bytes = canonicalBytes({ ...list, manifests });
    seed(registry, repository, contentOf(bytes, list.mediaType, legs), '1.0');
    const given =
      mode === 'merge' ? { records: legsOf(registry, legs) } : { mode, remove: 'linux/s390x' };

    await update(registry, { ...given, annotations: 'a=1' });

    expect(registry.manifest(repository, '1.0')?.mediaType).toBe(mediaTypes.imageIndex);
    expect(indexAt(registry, '1.0')).toMatchObject({ annotations: { a: '1' }, manifests });
  },
);

test('F25: a level that nothing in a registry has is refused with the reason', async () => {
  await using registry = await startRegistry();
  const records = legsOf(registry, [amd64]);

  const result = await update(registry, { records, annotations: 'index-descriptor:a=1' });

  expect(refusalOf(result, registry)).toMatchObject({
    what: expect.stringMatching(/an index that a tag names has no index-descriptor$/),
    hint: expect.stringMatching(/^Use index:, manifest: or manifest-descriptor:/),
  });
});

test.each([
  ['OCI', {}],
  ['Docker', docker],
])('F26: one leg with an %s image gives an index of one entry', async (_, types) => {
  await using registry = await startRegistry();
  const image = changed(amd64, {}, types);

  await update(registry, { records: legsOf(registry, [image]) });

  expect(indexAt(registry, '1.0').manifests).toEqual([image.descriptor]);
});

test('F26: one leg that pushed an index gives the same, without an index in the index', async () => {
  await using registry = await startRegistry();
  const whole = indexOf([amd64]);
  seed(registry, repository, whole);
  const children = [amd64.descriptor];

  await update(registry, { records: recordsOf([{ descriptor: whole.descriptor, children }]) });

  expect(indexAt(registry, '1.0').manifests.map(({ digest }) => digest)).toEqual(digestsOf(amd64));
});
