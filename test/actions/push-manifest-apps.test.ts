import { canonicalBytes, descriptorOf, emptyDescriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { digestOf, everything, layers, measuredAs, seedApp, web } from './apps.ts';
import { indexOf, seed } from './content.ts';
import { layeredImage } from './layered.ts';
import { imageAt } from './pushed.ts';

/** The metadata of the App at a tag, as a device finds it: in the second layer, annotated. */
function metaOf(registry: Registry, tag = 'app-1'): object {
  const [, meta] = imageAt(registry, tag).layers;
  expect(meta?.annotations).toMatchObject({ 'layers-meta': 'v1' });
  const bytes = meta && registry.blob('acme/app', meta.digest);
  return JSON.parse(Buffer.from(bytes ?? []).toString());
}
const { base, web: webLayer, webArm, db: dbLayer } = layers;

test('an App has its archive first, and the metadata of the layers of its images second', async () => {
  await using registry = await startRegistry();

  const result = await act('push-manifest', seedApp(registry));

  expect(result.annotations).toEqual([]);
  const arm = measuredAs(20_000, base, webArm, dbLayer);
  const meta = { amd64: measuredAs(10_000, base, webLayer, dbLayer), arm, 'arm/v7': arm };
  expect(metaOf(registry)).toEqual(meta);
  const [archive, second] = imageAt(registry, 'app-1').layers;
  expect(imageAt(registry, 'app-1')).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: 'application/vnd.fio+compose-app',
    annotations: { 'compose-app': 'v1' },
    config: emptyDescriptor,
    layers: [
      descriptorOf(Buffer.from('the App'), mediaTypes.octetStream, {
        annotations: { 'org.opencontainers.image.title': 'app.tgz' },
      }),
      {
        ...{ mediaType: mediaTypes.octetStream, digest: second?.digest, size: second?.size },
        annotations: {
          'org.opencontainers.image.title': 'layers_meta.json',
          'layers-meta': 'v1',
        },
      },
    ],
  });
  expect(registry.blob('acme/app', archive?.digest ?? base.descriptor.digest)).toBeDefined();
});

test('the device reads what was pushed, and a repeat writes nothing', async () => {
  await using registry = await startRegistry();
  await act('push-manifest', seedApp(registry));
  registry.clearRequests();

  const again = await act('push-manifest', seedApp(registry));
  const fit = await act('check-fit', {
    with: {
      image: `${registry.host}/acme/app:app-1`,
      ...{ architecture: 'arm', engine: 'aktualizr-lite', reserve: '0' },
      ...{ 'block-size': '4096', blocks: '1000', 'blocks-free': '1000' },
    },
  });

  expect(again.outputs).toMatchObject({ uploaded: '0' });
  expect(registry.requests().filter(({ method }) => method === 'PUT')).toEqual([]);
  const compressed = [base, webArm, dbLayer].map(({ descriptor }) => descriptor.size);
  const bytes = compressed.reduce((sum, size) => sum + size, 3 * 20_000 + 'the App'.length);
  expect(fit.outputs).toMatchObject({ fits: 'true', required: `${bytes}` });
});

test('the metadata is second behind an archive that sorts behind it', async () => {
  await using registry = await startRegistry();
  const { files, ...options } = seedApp(registry);
  const renamed = { 'out/z.tgz': 'the App', 'out/layers_meta.json': JSON.stringify(everything) };

  await act('push-manifest', { ...options, files: renamed });

  expect(Object.keys(metaOf(registry))).toEqual(['amd64', 'arm', 'arm/v7']);
});

test('an image that is for one platform alone is one of an App for that', async () => {
  await using registry = await startRegistry();
  const one = layeredImage('linux/amd64', layers.other);
  seed(registry, 'acme/one', one, '1');
  const at = `${registry.host}/acme/one@${digestOf(one)}`;

  const result = await act('push-manifest', seedApp(registry, { 'only-layers-of': at }));

  expect(metaOf(registry)).toEqual({ amd64: measuredAs(10_000, layers.other) });
  expect(result.annotations.map(({ level, message }) => [level, message])).toEqual([
    ['warning', 'the App is not for arm/v7: not all images in only-layers-of are'],
  ]);
});

test('sizes of blobs that the build left out come from the images', async () => {
  await using registry = await startRegistry();
  const bare = { size: 1, usage: 2 };
  const meta = {
    arm: {
      fs_block_size: 4096,
      layers: Object.fromEntries([base, webArm, dbLayer].map((each) => [digestOf(each), bare])),
    },
  };

  await act('push-manifest', seedApp(registry, {}, meta));

  expect(metaOf(registry)).toMatchObject({
    arm: { layers: { [digestOf(base)]: { ...bare, archive_size: base.descriptor.size } } },
  });
});

test('each image is resolved once, and each of its documents read once', async () => {
  await using registry = await startRegistry();

  await act('push-manifest', seedApp(registry, { 'only-layers-of': `${registry.host}/acme/db:1` }));

  const paths = registry.requests().map(({ path }) => path);
  const read = paths.filter((path) => path.startsWith('/v2/acme/db/'));
  expect(read).toHaveLength(1 + 2);
  expect(new Set(read).size).toBe(read.length);
});

test('the older form lists the layers for each architecture, where a registry takes that', async () => {
  await using registry = await startRegistry({ capabilities: { confusedManifests: true } });

  const result = await act('push-manifest', seedApp(registry, { 'layers-manifests': 'true' }));

  expect(result.annotations).toEqual([]);
  const listOf = (architecture: string, ...all: (typeof base)[]) => {
    const sorted = all.map(({ descriptor }) => descriptor);
    sorted.sort((a, b) => (a.digest < b.digest ? -1 : 1));
    return canonicalBytes({
      schemaVersion: 2,
      mediaType: mediaTypes.imageIndex,
      platform: { architecture, os: '' },
      layers: sorted,
      annotations: { 'compose-app-layers': 'v1' },
    });
  };
  const lists = [listOf('amd64', base, webLayer, dbLayer), listOf('arm', base, webArm, dbLayer)];
  const app = JSON.parse(
    Buffer.from(registry.manifest('acme/app', 'app-1')?.bytes ?? []).toString(),
  );
  expect(app.manifests).toEqual(
    lists.map((list, at) =>
      descriptorOf(list, mediaTypes.imageIndex, {
        platform: { architecture: ['amd64', 'arm'][at] ?? '', os: '' },
      }),
    ),
  );
  for (const [at, { digest }] of app.manifests.entries()) {
    expect(registry.manifest('acme/app', digest)?.bytes).toEqual(new Uint8Array(lists[at] ?? []));
  }
});

test('an App of the older form is read by check-fit, and pushed again as it is', async () => {
  await using registry = await startRegistry({ capabilities: { confusedManifests: true } });
  const older = seedApp(registry, { 'layers-manifests': 'true' });

  const first = await act('push-manifest', older);
  const again = await act('push-manifest', older);
  const fit = await act('check-fit', {
    with: {
      image: `${registry.host}/acme/app:app-1`,
      ...{ architecture: 'arm/v7', reserve: '0' },
      ...{ 'block-size': '4096', blocks: '1000', 'blocks-free': '1000' },
    },
  });

  expect(again.outputs).toMatchObject({ digest: first.outputs.digest, uploaded: '0' });
  expect(fit.annotations).toEqual([]);
  expect(JSON.parse(fit.outputs.json ?? '').missing.count).toBe(3);
});

test('a tag that names an App of the older form moves to one of the form of today', async () => {
  await using registry = await startRegistry({ capabilities: { confusedManifests: true } });
  await act('push-manifest', seedApp(registry, { 'layers-manifests': 'true' }));

  const again = await act('push-manifest', seedApp(registry));

  expect(again.annotations).toEqual([]);
  expect(metaOf(registry)).toHaveProperty('amd64');
  expect(imageAt(registry, 'app-1')).not.toHaveProperty('manifests');
});

test('the older form is refused by the registries of today, and the refusal explained', async () => {
  await using registry = await startRegistry();

  const result = await act('push-manifest', seedApp(registry, { 'layers-manifests': 'true' }));

  expect(result.exitCode).toBe(1);
  expect(result.annotations).toEqual([
    {
      level: 'error',
      title: 'APP_REFUSED',
      message: expect.stringMatching(
        /takes no App of the older form.*MANIFEST_INVALID.*\nLeave "layers-manifests" out: since CVE-2021-41190/,
      ),
    },
  ]);
  expect(registry.tags('acme/app')).toEqual([]);
});

test('a dry run writes nothing, and gives the digest of the real one', async () => {
  await using registry = await startRegistry();

  const dry = await act('push-manifest', seedApp(registry, { 'dry-run': 'true' }));
  const repositories = registry.repositories();
  const real = await act('push-manifest', seedApp(registry));

  expect(repositories).not.toContain('acme/app');
  expect(dry.outputs.digest).toBe(real.outputs.digest);
});

test('what is annotated on one layer is on that layer alone, over what all have', async () => {
  await using registry = await startRegistry();
  const given = {
    annotations: 'layer[app.tgz]:vendor=Acme\nlayer[app.tgz]:arch=own',
    'layer-annotations': 'arch=all',
    'only-layers-of': '',
  };

  await act('push-manifest', seedApp(registry, given));

  const all = imageAt(registry, 'app-1').layers.map(({ annotations }) => annotations);
  expect(all).toMatchObject([{ vendor: 'Acme', arch: 'own' }, { arch: 'all' }]);
  expect(all[1]).not.toHaveProperty('vendor');
});

test('an index within an index is followed, but not for ever', async () => {
  await using registry = await startRegistry();
  const nested = (depth: number): ReturnType<typeof indexOf> => {
    const inner = depth === 0 ? web : nested(depth - 1);
    const platform = { os: 'linux', architecture: 'amd64' };
    return indexOf([{ ...inner, descriptor: { ...inner.descriptor, platform } }]);
  };
  const push = (depth: number) => {
    seed(registry, 'acme/deep', nested(depth), `${depth}`);
    const lines = `${registry.host}/acme/deep:${depth}`;
    return act('push-manifest', seedApp(registry, { 'only-layers-of': lines }));
  };

  const [followed, refused] = [await push(1), await push(6)];

  expect(followed.exitCode).toBe(0);
  expect(refused.annotations).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/has indexes more than 4 deep/) }),
  ]);
});
