import { descriptorOf, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { layersMetaText } from '../../layers-meta/layers-meta.ts';
import { repositoryName } from '../../test-kit/seeds.ts';
import { layersMetaType } from './find-layers-meta.ts';
import { metaOf, sample } from './test-app.ts';
import { attach, load, seedIndex } from './test-seeds.ts';

const document = { arm64: metaOf(sample) };

test('of an index the image for the device counts, with what a store keeps of both', async () => {
  await using registry = await startRegistry();
  const { index, arm64 } = seedIndex(registry);

  const app = await load(registry);

  expect(app.layers).toHaveLength(1);
  expect(app.documents?.slice(0, 2).map(({ digest }) => digest)).toEqual([
    index.digest,
    arm64.digest,
  ]);
  expect(app).toMatchObject({ without: 'nothing measured it' });
});

test.each(['index', 'arm64'] as const)('metadata may refer to the %s', async (subject) => {
  await using registry = await startRegistry();
  attach(registry, seedIndex(registry)[subject], layersMetaText(document));

  expect((await load(registry)).document).toEqual(document);
});

// In whatever order their digests are.
test.each(['one', 'two', 'three'])(
  'of several documents the one counts that knows most of the layers: %s',
  async (model) => {
    await using registry = await startRegistry();
    const { arm64 } = seedIndex(registry);
    const [layer] = (await load(registry)).layers ?? [];
    if (layer === undefined) throw new Error('there is no layer');
    const right = { arm64: { fs_block_size: 4096, layers: { [layer.digest]: sample.a }, model } };
    attach(registry, arm64, layersMetaText(right));
    for (const size of [1, 2, 4, 8, 16, 32]) {
      attach(
        registry,
        arm64,
        layersMetaText({ arm64: { ...document.arm64, fs_block_size: size } }),
      );
    }

    expect((await load(registry)).document).toEqual(right);
  },
);

test('what is listed as a referrer, and refers to something else, does not count', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const { index, arm64 } = seedIndex(registry);
  const forged = attach(registry, index, layersMetaText(document));
  const mediaType = mediaTypes.imageIndex;
  registry.seedManifest(
    repositoryName,
    { schemaVersion: 2, mediaType, manifests: [{ ...forged, artifactType: layersMetaType }] },
    { tag: arm64.digest.replace(':', '-'), mediaType },
  );

  const app = await load(registry, `@${arm64.digest}`);

  expect(app.document).toBeUndefined();
  expect(app.without).toBe(`its metadata ${forged.digest} is not what it should be`);
});

test('of very many documents some are read', async () => {
  await using registry = await startRegistry();
  const { arm64 } = seedIndex(registry);
  for (let size = 1; size <= 20; size += 1) {
    attach(registry, arm64, layersMetaText({ arm64: { ...document.arm64, fs_block_size: size } }));
  }

  await load(registry, `@${arm64.digest}`);

  const manifests = registry.requests('GET').filter(({ path }) => path.includes('/manifests/'));
  expect(manifests).toHaveLength(1 + 16);
});

test('a document that cannot be read makes an estimate, and is the reason', async () => {
  await using registry = await startRegistry();
  attach(registry, seedIndex(registry).arm64, 'no JSON');

  const app = await load(registry);

  expect(app.document).toBeUndefined();
  expect(app.without).toMatch(/^the layer metadata of .* cannot be read: is not JSON$/);
});

test('an image that has nothing for the device is an error', async () => {
  await using registry = await startRegistry();
  const { arm64 } = seedIndex(registry);

  await expect(load(registry, ':1.0', 'riscv64')).rejects.toThrow(
    /has no image for linux\/riscv64: it has linux\/amd64, linux\/arm64$/,
  );
  await expect(load(registry, `@${arm64.digest}`, 'amd64')).rejects.toMatchObject({
    code: 'PLATFORM_MISMATCH',
  });
});

test('the digests of unpacked layers come from the config', async () => {
  await using registry = await startRegistry();
  const layer = registry.seedBlob(repositoryName, 'a layer');
  const unpacked = descriptorOf(Buffer.from('unpacked'), mediaTypes.imageLayer).digest;
  const config = registry.seedBlob(
    repositoryName,
    JSON.stringify({ os: 'linux', architecture: 'arm64', rootfs: { diff_ids: [unpacked] } }),
  );
  const image = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: { ...config, mediaType: mediaTypes.imageConfig },
    layers: [{ ...layer, mediaType: mediaTypes.imageLayerGzip }],
  };
  registry.seedManifest(repositoryName, image, { tag: '1.0' });

  expect([...((await load(registry)).diffIds ?? [])]).toEqual([[layer.digest, unpacked]]);
});

test('indexes in indexes are followed so far and no further', async () => {
  await using registry = await startRegistry();
  const { index, arm64 } = seedIndex(registry);
  const mediaType = mediaTypes.imageIndex;
  const wrap = (inner: typeof index, tag: string) =>
    registry.seedManifest(
      repositoryName,
      { schemaVersion: 2, mediaType, manifests: [{ ...inner, platform: arm64.platform }] },
      { tag, mediaType },
    );
  const third = wrap(wrap(wrap(index, 'a'), 'b'), 'four');
  wrap(third, 'five');

  expect((await load(registry, ':four')).documents).toHaveLength(6);
  await expect(load(registry, ':five')).rejects.toThrow(/is an index in more than 4 others$/);
});
