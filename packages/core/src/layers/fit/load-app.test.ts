import { descriptorOf, digestOf, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { layersMetaText } from '../../layers-meta/layers-meta.ts';
import { repositoryName } from '../../test-kit/seeds.ts';
import { metaOf, sample } from './test-app.ts';
import { load } from './test-seeds.ts';

const document = { arm64: metaOf(sample) };

/** An App as the tools of Foundries publish it. */
function seedApp(registry: Registry, more: object, text?: string, version = 'v1') {
  const archive = registry.seedBlob(repositoryName, 'the archive');
  const config = registry.seedBlob(repositoryName, '{}');
  const meta = text === undefined ? [] : [registry.seedBlob(repositoryName, text)];
  const mediaType = mediaTypes.octetStream;
  const app = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    annotations: { 'compose-app': 'v1' },
    config: { ...config, mediaType: mediaTypes.empty },
    layers: [
      { ...archive, mediaType },
      ...meta.map((one) => ({ ...one, mediaType, annotations: { 'layers-meta': version } })),
    ],
    ...more,
  };
  return {
    archive,
    config,
    meta,
    manifest: registry.seedManifest(repositoryName, app, { tag: '1.0' }),
  };
}

test('the metadata of an App is its second layer, which is annotated', async () => {
  await using registry = await startRegistry();
  const seeded = seedApp(registry, {}, layersMetaText(document));

  const app = await load(registry);

  expect(app.document).toEqual(document);
  expect(app.archive?.digest).toBe(seeded.archive.digest);
  expect(app.documents?.map(({ digest }) => digest)).toEqual(
    [seeded.manifest, seeded.config, ...seeded.meta].map(({ digest }) => digest),
  );
});

test('metadata of another version is not read', async () => {
  await using registry = await startRegistry();
  seedApp(registry, {}, layersMetaText(document), 'v2');

  expect((await load(registry)).document).toBeUndefined();
});

test('the layers of an App without metadata are unknown, and its archive is none of them', async () => {
  await using registry = await startRegistry();
  seedApp(registry, {});

  const app = await load(registry);

  expect([app.layers, app.document]).toEqual([undefined, undefined]);
  expect(app.archive?.size).toBe('the archive'.length);
});

test('metadata of an App that cannot be read is an error, since nothing else names its layers', async () => {
  await using registry = await startRegistry();
  seedApp(registry, {}, '{"arm64":{"fs_block_size":4096,"layers":{"sha256:1":{}}}}');

  await expect(load(registry)).rejects.toMatchObject({ code: 'LAYERS_META_INVALID' });
});

test('metadata that is said to be huge is refused before it is fetched', async () => {
  await using registry = await startRegistry();
  seedApp(registry, {
    layers: [
      descriptorOf(Buffer.from('the archive'), mediaTypes.octetStream),
      { ...emptyDescriptor, size: 2 ** 40, annotations: { 'layers-meta': 'v1' } },
    ],
  });

  await expect(load(registry)).rejects.toThrow(/has 1099511627776 bytes, at most 4194304 go$/);
  expect(registry.requests().filter(({ path }) => path.includes('/blobs/'))).toEqual([]);
});

/** What an App of the older form lists for an architecture. */
function seedList(registry: Registry, layers: readonly unknown[], more: object = {}) {
  const mediaType = mediaTypes.imageIndex;
  const platform = { architecture: 'arm64', os: '' };
  const annotations = { 'compose-app-layers': 'v1' };
  const list = { schemaVersion: 2, mediaType, platform, layers, annotations, ...more };
  return { ...registry.seedManifest(repositoryName, list, { mediaType }), platform };
}
const layer = { mediaType: mediaTypes.imageLayerGzip, digest: digestOf('layer'), size: 7 };

test('the layers of an App of the older form are those that it lists for the architecture', async () => {
  await using registry = await startRegistry();
  const list = seedList(registry, [layer]);
  const seeded = seedApp(registry, { manifests: [list] }, layersMetaText(document));

  const app = await load(registry);

  expect(app.layers).toEqual([{ digest: layer.digest, size: 7 }]);
  expect(app.document).toEqual(document);
  expect(app.documents?.map(({ digest }) => digest)).toEqual(
    [seeded.manifest, seeded.config, ...seeded.meta, list].map(({ digest }) => digest),
  );
});

test('of the layers of an App of the older form that lists nothing for the architecture nothing is known', async () => {
  await using registry = await startRegistry();
  seedApp(registry, { manifests: [seedList(registry, [layer])] });

  expect((await load(registry, ':1.0', 'arm/v7')).layers).toBeUndefined();
});

test.each([
  ['has a layer that is none', [{ digest: 'sha256:1', size: 7 }], {}],
  ['has a negative size', [{ ...layer, size: -1 }], {}],
  ['has more layers than any image', Array.from({ length: 10_001 }, () => layer), {}],
  ['is of another kind', [layer], { annotations: {} }],
])('a list of layers that %s is refused', async (_, layers, more) => {
  await using registry = await startRegistry();
  seedApp(registry, { manifests: [seedList(registry, layers, more)] });

  await expect(load(registry)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('a list of layers that is of another size than the App says, or absent, is refused', async () => {
  await using registry = await startRegistry();
  const list = seedList(registry, [layer]);

  for (const one of [
    { ...list, size: list.size + 1 },
    { ...list, digest: digestOf('nowhere') },
  ]) {
    seedApp(registry, { manifests: [one] });
    await expect(load(registry)).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
  }
});

test('what is a manifest and an index at once, and no App, is refused', async () => {
  await using registry = await startRegistry();
  seedApp(registry, { manifests: [seedList(registry, [layer])], annotations: {} });

  await expect(load(registry)).rejects.toMatchObject({
    code: 'INVALID_MANIFEST',
    path: '$.manifests',
  });
});

test('what is not there is an error', async () => {
  await using registry = await startRegistry();

  await expect(load(registry)).rejects.toMatchObject({ code: 'MANIFEST_UNKNOWN' });
});
