import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClient } from '@oci-matrix/distribution';
import { digestOf, formatPlatform, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openLayout } from '../open-layout.ts';
import { archiveBytes, dockerArchive } from '../test-kit/docker-archive.ts';
import type { LayerProgress } from './measure-image.ts';
import { measureImage } from './measure-image.ts';
import { layerOf, testImages } from './test-kit/images.ts';
import { layerTar } from './test-kit/layer-tar.ts';

const base = layerOf({ path: 'base', content: 'b'.repeat(5000) });
const top = layerOf({ path: 'top', content: 't'.repeat(70) });
const other = layerOf({ path: 'other', content: 'o' });
const common = { blockSizes: [4096], store: 'overlay2' } as const;

test('every platform has its document, and a layer that two have is read once', async () => {
  const images = testImages();
  const amd64 = images.image('linux/amd64', [base, top]);
  const arm64 = images.image('linux/arm64', [base, other]);
  const layout = images.layout(amd64, arm64);

  const { platforms, measured, known } = await measureImage({ source: { layout }, ...common });

  expect(platforms.map(({ platform }) => formatPlatform(platform))).toEqual([
    'linux/amd64',
    'linux/arm64',
  ]);
  expect(platforms[0]).toMatchObject({
    manifest: amd64,
    layers: [base.descriptor.digest, top.descriptor.digest],
    document: { fs_block_size: 4096, model: 'ext4-overlay2/v1', store: 'overlay2' },
    total: { layers: 2, size: 5070 },
  });
  expect(platforms[0]?.document.layers[base.descriptor.digest]).toMatchObject({
    size: 5000,
    base: true,
    diff_id: digestOf(base.tar),
  });
  expect({ measured, known }).toEqual({ measured: 3, known: 0 });
  expect(images.opened.filter((digest) => digest === base.descriptor.digest)).toHaveLength(1);
});

test('one platform of several is measured without a look at the others', async () => {
  const images = testImages();
  const amd64 = images.image('linux/amd64', [base, top]);
  const arm = { ...amd64, digest: digestOf('not there'), platform: parsePlatform('linux/arm/v7') };

  const { platforms } = await measureImage({
    source: { layout: images.layout(arm, amd64) },
    platforms: [parsePlatform('linux/amd64')],
    ...common,
  });

  expect(platforms.map(({ manifest }) => manifest)).toEqual([amd64]);
});

test('what is no image for Linux is skipped, and said', async () => {
  const images = testImages();
  const linux = images.image('linux/amd64', [base]);
  const windows = images.image('windows/amd64', [top]);
  const artifact = images.manifest({
    artifactType: 'application/vnd.example',
    config: { mediaType: mediaTypes.empty, digest: digestOf('{}'), size: 2 },
    layers: [],
  });
  const attestation = {
    ...images.image('unknown/unknown', [other]),
    annotations: {
      'vnd.docker.reference.type': 'attestation-manifest',
      'vnd.docker.reference.digest': linux.digest,
    },
  };
  const layout = images.layout(linux, windows, artifact, attestation);

  const { platforms, skipped } = await measureImage({ source: { layout }, ...common });

  expect(platforms).toHaveLength(1);
  expect(new Map(skipped.map(({ digest, reason }) => [digest, reason]))).toEqual(
    new Map([
      [windows.digest, 'for windows/amd64'],
      [artifact.digest, 'an artifact of the type application/vnd.example'],
      [attestation.digest, 'an attestation'],
    ]),
  );
});

test('what was measured before is not read again', async () => {
  const images = testImages();
  const layout = images.layout(images.image('linux/amd64', [base, top]));
  const blockSizes = [4096, 1024];
  const before = await measureImage({ source: { layout }, ...common, blockSizes });
  const progress: LayerProgress[] = [];
  images.opened.length = 0;

  const again = await measureImage({
    source: { layout },
    ...common,
    blockSizes,
    known: before.platforms.map(({ document }) => document),
    onProgress: (step) => progress.push(step),
  });

  expect(again).toEqual({ ...before, measured: 0, known: 2 });
  expect(images.opened).not.toContain(base.descriptor.digest);
  expect(progress.map(({ state }) => state)).toEqual(['known', 'known']);
});

test.each([
  ['other blocks', { blockSizes: [1024] }],
  ['another store', { store: 'containerd' as const }],
])('what was measured for %s is measured again', async (_, change) => {
  const images = testImages();
  const layout = images.layout(images.image('linux/amd64', [base]));
  const before = await measureImage({ source: { layout }, ...common });
  const known = before.platforms.map(({ document }) => document);

  const again = await measureImage({ source: { layout }, ...common, ...change, known });

  expect(again).toMatchObject({ measured: 1, known: 0 });
});

test('a layer that was the lowest is measured again where it is not', async () => {
  const images = testImages();
  const lowest = images.layout(images.image('linux/amd64', [base]));
  const above = images.layout(images.image('linux/amd64', [top, base]));
  const before = await measureImage({ source: { layout: lowest }, ...common });
  const known = before.platforms.map(({ document }) => document);

  const { platforms, measured } = await measureImage({
    source: { layout: above },
    ...common,
    known,
  });

  const usageIn = (all: typeof platforms): number =>
    all[0]?.document.layers[base.descriptor.digest]?.usage ?? 0;
  expect(measured).toBe(2);
  expect(usageIn(platforms) - usageIn(before.platforms)).toBe(8192);
});

test('a layer that is the lowest in one image alone counts as one above others', async () => {
  const images = testImages();
  const [amd64, arm64] = [
    images.image('linux/amd64', [top, base, top]),
    images.image('linux/arm64', [base, other]),
  ];
  const layout = images.layout(amd64, arm64);

  const { platforms } = await measureImage({ source: { layout }, ...common });

  const [first, second] = platforms.map(({ document }) => document.layers);
  const [lower, upper] = [base.descriptor.digest, top.descriptor.digest];
  expect(platforms[0]?.layers).toEqual([upper, lower, upper]);
  expect(first?.[upper]?.base).toBeUndefined();
  expect(first?.[lower]?.base).toBeUndefined();
  expect(second?.[lower]).toEqual(first?.[lower]);
});

test('a document that says something else of a layer than its image is not believed', async () => {
  const images = testImages();
  const layout = images.layout(images.image('linux/amd64', [base]));
  const { platforms } = await measureImage({ source: { layout }, ...common });
  const { digest } = base.descriptor;
  const known = platforms.map(({ document }) => ({
    ...document,
    layers: { [digest]: { ...document.layers[digest], size: 1, usage: 1, diff_id: digestOf('x') } },
  }));

  const again = await measureImage({ source: { layout }, ...common, known });

  expect(again.platforms).toEqual(platforms);
});

test('an image in a registry has the numbers that it has in a layout', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const images = testImages();
  const entry = images.image('linux/arm/v7', [base, top]);
  images.seed(registry, '1.0', entry);
  const repository = client.repository({ registry: registry.host, repository: 'octo/app' });

  const remote = await measureImage({
    source: { repository, reference: { tag: '1.0' } },
    ...common,
  });

  expect(remote).toEqual(
    await measureImage({ source: { layout: images.layout(entry) }, ...common }),
  );
});

test.each(['docker', 'gzip'] as const)(
  'an archive of docker save is measured: %s',
  async (form) => {
    await using folder = await mkdtempDisposable(join(tmpdir(), 'layers-'));
    const file = join(folder.path, 'image.tar');
    const tar = layerTar([{ path: 'file', content: 'text' }]).toString('latin1');
    await writeFile(file, archiveBytes(dockerArchive(form, { layers: [tar] })));

    const { platforms } = await measureImage({
      source: { layout: await openLayout(`docker-archive:${file}`) },
      ...common,
    });

    expect(platforms[0]?.total).toMatchObject({ layers: 1, size: 4 });
  },
);
