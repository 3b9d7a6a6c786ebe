import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf, mediaTypes, parseManifest, parsePlatform } from '@oci-matrix/oci';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import type { ImagePlan } from './image-plan.ts';
import { openLayout } from './open-layout.ts';
import { planLayout } from './plan-layout.ts';
import { pushImage } from './push-image.ts';
import {
  type ArchiveForm,
  archiveBytes,
  dockerArchive,
  layerDigests,
  type TestArchive,
} from './test-kit/docker-archive.ts';
import { testLayout } from './test-kit/layout.ts';
import { tarOf } from './test-kit/tar.ts';
import { openRepository } from './test-kit/test-repository.ts';

/** Plans the image of an archive; `name` is what stands behind its path. */
async function plan(
  archive: TestArchive | Uint8Array,
  name = '',
  platform?: string,
): Promise<ImagePlan> {
  await using folder = await temporaryDirectory('archive');
  const file = path.join(folder.path, 'image.tar');
  await writeFile(file, archive instanceof Uint8Array ? archive : archiveBytes(archive));
  const layout = await openLayout(`docker-archive:${file}${name}`);
  return await planLayout(layout, platform === undefined ? undefined : parsePlatform(platform));
}

function imageOf({ manifests }: ImagePlan) {
  const [planned] = manifests;
  const manifest = planned && parseManifest(planned.bytes, planned.descriptor.mediaType);
  if (manifest?.kind !== 'image') throw new Error('no image was planned');
  return manifest.image;
}

const types: Readonly<Record<ArchiveForm, string>> = {
  docker: mediaTypes.imageLayer,
  podman: mediaTypes.imageLayer,
  gzip: mediaTypes.imageLayerGzip,
  zstd: mediaTypes.imageLayerZstd,
};

test.each(['docker', 'podman', 'gzip', 'zstd'] as const)(
  'an archive as %s writes it is an image with the layers as they lie there',
  async (form) => {
    const layers = ['first', 'second', 'first'];
    const archive = dockerArchive(form, { platform: 'linux/arm64', layers });

    const planned = await plan(archive);

    const { config, layers: found } = imageOf(planned);
    expect(planned.root.platform).toEqual(parsePlatform('linux/arm64'));
    expect(config.mediaType).toBe(mediaTypes.imageConfig);
    expect(found.map(({ digest }) => digest)).toEqual(layerDigests(form, ...layers));
    expect(new Set(found.map(({ mediaType }) => mediaType))).toEqual(new Set([types[form]]));
    expect(planned.blobs).toHaveLength(3);
  },
);

test('an archive arrives in the registry, the layers of links too', async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryDirectory('archive');
  await using opened = openRepository(registry.host);
  const archive = dockerArchive('docker', { layers: ['one', 'two', 'one'] });
  const file = path.join(folder.path, 'image.tar');
  await writeFile(file, archiveBytes(archive));

  const planned = await planLayout(await openLayout(`docker-archive:${file}`), undefined);
  await pushImage({ repository: opened.repository, plan: planned, tags: ['1'] });

  expect(archive.links.size).toBe(1);
  expect(registry.manifest('octo/app', '1')?.digest).toBe(planned.root.digest);
  const layers = layerDigests('docker', 'one', 'two');
  expect(registry.blobs('octo/app')).toEqual(expect.arrayContaining(layers));
});

test('a layer that is not what the config says never becomes a manifest', async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryDirectory('archive');
  await using opened = openRepository(registry.host);
  const archive = dockerArchive('podman', { layers: ['one'], diffIds: [digestOf('other')] });
  const file = path.join(folder.path, 'image.tar');
  await writeFile(file, archiveBytes(archive));
  const planned = await planLayout(await openLayout(`docker-archive:${file}`), undefined);

  const push = pushImage({ repository: opened.repository, plan: planned });

  await expect(push).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  expect(registry.manifests('octo/app')).toEqual([]);
});

test('the hybrid archive of Docker 25 and later is read as the layout that it has', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64', { layerType: mediaTypes.imageLayer });
  const named = { 'io.containerd.image.name': 'docker.io/library/app:1' };
  layout.finish([{ ...image, annotations: named }]);
  const { files } = dockerArchive('podman', { names: ['other:1'] });

  const planned = await plan(tarOf(new Map([...files, ...layout.files]), 'pax'), ':app:1');

  expect(planned.root).toEqual(image);
});

test('what containerd saved of one platform is pushed when that is named', async () => {
  const layout = testLayout();
  const [amd64, arm64] = [layout.image('linux/amd64'), layout.image('linux/arm64')];
  layout.finish([layout.index(amd64, arm64)]);
  layout.files.delete(`blobs/sha256/${arm64.digest.slice(7)}`);
  const archive = tarOf(layout.files, 'ustar');

  expect((await plan(archive, '', 'linux/amd64')).root).toEqual(amd64);
  await expect(plan(archive)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: `the image layout cannot be used: the blob ${arm64.digest} is missing`,
    hint: expect.stringMatching(/^Name with "platform" the image that it has/),
  });
});

const two = () =>
  dockerArchive(
    'podman',
    { names: ['app:1', 'quay.io/acme/app:1'], platform: 'linux/amd64' },
    { names: ['docker.io/library/web:latest'], platform: 'linux/arm64' },
  );

test.each([
  [':app:1', undefined, 'linux/amd64'],
  [':docker.io/library/app:1', undefined, 'linux/amd64'],
  [':quay.io/acme/app:1', undefined, 'linux/amd64'],
  [':web', undefined, 'linux/arm64'],
  ['', 'linux/arm64', 'linux/arm64'],
])('of several images %j with the platform %s is one', async (name, platform, found) => {
  expect((await plan(two(), name, platform)).root.platform).toEqual(parsePlatform(found));
});

test('an image with several names is one image', async () => {
  const planned = await plan(dockerArchive('podman', { names: ['app:1', 'app:2'] }));

  expect(planned.manifests).toHaveLength(1);
});

test.each([
  [
    '',
    /it has 3 images \(app:1 linux\/amd64, quay\.io\/acme\/app:1 linux\/amd64, docker\.io\/library\/web:latest linux\/arm64\), and nothing says which one$/,
  ],
  [
    ':app:2',
    /image\.tar:app:2 has no image called "app:2": it has app:1, quay\.io\/acme\/app:1, docker\.io\/library\/web:latest$/,
  ],
])('where several images could be meant by %j the error lists them', async (name, message) => {
  await expect(plan(two(), name)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(message),
  });
});

const broken: readonly (readonly [string, (archive: TestArchive) => void, RegExp])[] = [
  [
    'a layer is missing',
    ({ files, manifest }) => void files.delete(manifest[0]?.Layers[0] ?? ''),
    /the layer \S+\.tar is missing$/,
  ],
  [
    'the config is missing',
    ({ files, manifest }) => void files.delete(manifest[0]?.Config ?? ''),
    /the config \S+\.json is missing$/,
  ],
  [
    'the config has other bytes',
    ({ files, manifest }) => void files.set(manifest[0]?.Config ?? '', Buffer.from('{}')),
    /the config \S+ has another digest, sha256:44136fa3/,
  ],
  [
    'a layer too many',
    ({ manifest }) => void manifest[0]?.Layers.push('x'),
    /has 1 diffIDs for 2 layers$/,
  ],
  [
    'no image',
    ({ manifest }) => void manifest.pop(),
    /its manifest\.json is not as Docker writes it/,
  ],
];

test.each(broken)('an archive is refused: %s', async (_, damage, message) => {
  const archive = dockerArchive('podman', {});
  damage(archive);

  await expect(plan(archive)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(message),
  });
});

test.each(['gzip', 'zstd'] as const)(
  'a layer compressed with %s that unpacks to something else is refused',
  async (form) => {
    const archive = dockerArchive(form, { diffIds: [digestOf('other')] });

    await expect(plan(archive)).rejects.toMatchObject({
      message: expect.stringContaining(`has the diffID ${digestOf('a layer')}, not`),
    });
  },
);

test('a layer that is cut off within its compression is refused', async () => {
  const archive = dockerArchive('gzip', {});
  const [layer = ''] = archive.manifest[0]?.Layers ?? [];
  archive.files.set(layer, (archive.files.get(layer) ?? Buffer.alloc(0)).subarray(0, 15));

  await expect(plan(archive)).rejects.toMatchObject({
    message: expect.stringMatching(/cannot be decompressed/),
  });
});

test.each([
  ['out of the archive', '../../../../etc/hostname'],
  ['to an absolute path', '/etc/hostname'],
  ['to itself', 'layer.tar'],
  ['to nothing', '../none/layer.tar'],
])('a link that leads %s is followed nowhere', async (_, target) => {
  const archive = dockerArchive('docker', { layers: ['one'] });
  const [layer = ''] = archive.manifest[0]?.Layers ?? [];
  archive.files.delete(layer);
  archive.links.set(layer, target);

  await expect(plan(archive)).rejects.toMatchObject({
    message: expect.stringContaining(`the layer ${layer} is missing`),
  });
});

test('an archive without manifest.json is none of docker save', async () => {
  await expect(plan(tarOf(new Map([['x', Buffer.from('y')]]), 'ustar'))).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(/is no archive of docker save: it has no manifest\.json$/),
  });
});
