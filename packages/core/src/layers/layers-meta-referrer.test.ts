import { openClient } from '@oci-matrix/distribution';
import { type Descriptor, emptyDescriptor, encodedOf, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import type { PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { sleepingClock } from '../test-kit/clocks.ts';
import { attachLayersMeta } from './attach-layers-meta.ts';
import { fetchKnownLayers } from './fetch-known-layers.ts';
import { measureImage } from './measure-image.ts';
import { layerOf, testImages } from './test-kit/images.ts';

const layer = layerOf({ path: 'file', content: 'text' });
const document = (usage: number): PlatformLayersMeta => ({
  fs_block_size: 4096,
  layers: { [layer.descriptor.digest]: { size: 4, usage } },
});

function seeded(registry: Registry): Descriptor {
  const images = testImages();
  const image = images.image('linux/amd64', [layer]);
  images.seed(registry, '1.0', image);
  return image;
}

const imageOf = (registry: Registry) => ({
  ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest, config: emptyDescriptor },
  layers: [registry.seedBlob('octo/app', 'x')],
});

const open = (registry: Registry) => {
  const client = openClient({ clock: sleepingClock() });
  return {
    repository: client.repository({ registry: registry.host, repository: 'octo/app' }),
    [Symbol.asyncDispose]: () => client.close(),
  };
};

test.each([true, false])(
  'a document beside an image is found again, and is there once (referrers API: %s)',
  async (referrers) => {
    await using registry = await startRegistry({ capabilities: { referrers } });
    const subject = seeded(registry);
    await using first = open(registry);
    await using second = open(registry);

    const attached = await attachLayersMeta({ ...first, subject, document: document(1) });
    registry.clearRequests();
    const again = await attachLayersMeta({ ...second, subject, document: document(1) });
    const writes = registry.requests().filter(({ method }) => !/GET|HEAD/.test(method));
    const other = await attachLayersMeta({ ...second, subject, document: document(2) });

    expect(again).toEqual({ ...attached, outcome: 'present' });
    expect(writes).toEqual([]);
    expect(other.outcome).toBe('attached');
    const found = await fetchKnownLayers({ ...second, digest: subject.digest });
    expect(found).toHaveLength(2);
    expect(found).toEqual(expect.arrayContaining([document(2), document(1)]));
  },
);

test('an image without a document has none', async () => {
  await using registry = await startRegistry();
  const { digest } = seeded(registry);
  await using opened = open(registry);

  expect(await fetchKnownLayers({ ...opened, digest })).toEqual([]);
});

test('a document that cannot be read, or speaks of another image, is none', async () => {
  await using registry = await startRegistry();
  const subject = seeded(registry);
  const artifactType = 'application/vnd.oci-matrix.layers-meta.v1+json';
  for (const text of ['{"fs_block_size":-1}', 'no JSON']) {
    registry.seedManifest('octo/app', {
      ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest, artifactType, subject },
      config: emptyDescriptor,
      layers: [{ ...registry.seedBlob('octo/app', text), mediaType: artifactType }],
    });
  }
  await using opened = open(registry);

  expect(await opened.repository.referrers.list(subject.digest)).toHaveLength(2);
  expect(await fetchKnownLayers({ ...opened, digest: subject.digest })).toEqual([]);
});

test('a list that names the document of another image is not believed', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const subject = seeded(registry);
  const other = registry.seedManifest('octo/app', {
    ...imageOf(registry),
    annotations: { n: '1' },
  });
  await using opened = open(registry);
  const { descriptor } = await attachLayersMeta({
    ...{ ...opened, subject: other, document: document(1) },
  });
  const artifactType = 'application/vnd.oci-matrix.layers-meta.v1+json';
  const list = { schemaVersion: 2, mediaType: mediaTypes.imageIndex };
  const manifests = [{ ...descriptor, artifactType }];
  const tag = `sha256-${encodedOf(subject.digest)}`;
  registry.seedManifest('octo/app', { ...list, manifests }, { tag });

  expect(await opened.repository.referrers.list(subject.digest)).toHaveLength(1);
  expect(await fetchKnownLayers({ ...opened, digest: subject.digest })).toEqual([]);
});

test('what a registry knows of an image is not measured again', async () => {
  await using registry = await startRegistry();
  seeded(registry);
  await using opened = open(registry);
  const { repository } = opened;
  const options = {
    source: { repository, reference: { tag: '1.0' } },
    blockSizes: [4096],
    store: 'overlay2' as const,
    findKnown: (digest: Descriptor['digest']) => fetchKnownLayers({ repository, digest }),
  };
  const before = await measureImage(options);
  for (const { manifest, document: measured } of before.platforms) {
    await attachLayersMeta({ repository, subject: manifest, document: measured });
  }
  registry.clearRequests();

  const again = await measureImage(options);

  expect(again).toEqual({ ...before, measured: 0, known: 1 });
  expect(registry.requests('GET', new RegExp(`blobs/${layer.descriptor.digest}`))).toEqual([]);
});
