import { canonicalText, digestOf, encodedOf, mediaTypes, parseManifest } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { imageOf, linux } from './content.ts';
import { layoutFiles, tarOf } from './layout.ts';
import { imageAt } from './pushed.ts';
import { refusalOf } from './refusal.ts';

interface Saved {
  readonly name: string;
  readonly layers: readonly string[];
  readonly architecture?: string;
}

/** What `docker save` wrote before version 25: manifest.json, configs by their digests, and layers that are not compressed. */
function dockerArchive(...images: readonly Saved[]): Buffer {
  const files: Record<string, string> = {};
  const manifest = images.map(({ name, layers, architecture = 'amd64' }) => {
    const config = canonicalText({
      ...linux(architecture),
      rootfs: { type: 'layers', diff_ids: layers.map((layer) => digestOf(layer)) },
    });
    const path = `${encodedOf(digestOf(config))}.json`;
    files[path] = config;
    for (const layer of layers) files[`${encodedOf(digestOf(layer))}/layer.tar`] = layer;
    const paths = layers.map((layer) => `${encodedOf(digestOf(layer))}/layer.tar`);
    return { Config: path, RepoTags: [name], Layers: paths };
  });
  return tarOf({ ...files, 'manifest.json': canonicalText(manifest) });
}

const both = dockerArchive(
  { name: 'app:1.0', layers: ['one', 'two'] },
  { name: 'web:1.0', layers: ['two', 'three'], architecture: 'arm64' },
);

test('what docker save wrote is pushed with its layers as they are', async () => {
  await using registry = await startRegistry();
  const files = { 'image.tar': dockerArchive({ name: 'app:1.0', layers: ['one', 'two'] }) };
  const image = `${registry.host}/acme/app`;

  const result = await act('push-manifest', {
    files,
    with: { image, source: 'docker-archive:image.tar', record: 'none' },
  });

  expect(result.annotations).toEqual([]);
  const { config, layers } = imageAt(registry, result.outputs.digest ?? '');
  expect(config.mediaType).toBe(mediaTypes.imageConfig);
  expect(layers).toEqual(
    ['one', 'two'].map((text) => ({
      mediaType: mediaTypes.imageLayer,
      digest: digestOf(text),
      size: text.length,
    })),
  );
  expect(JSON.parse(result.outputs.descriptor ?? '').platform).toEqual(linux('amd64'));
});

test.each([
  'docker-archive:image.tar:web:1.0',
  'docker-archive:image.tar:docker.io/library/web:1.0',
])('of several images in an archive one is pushed by %s', async (source) => {
  await using registry = await startRegistry();
  const image = `${registry.host}/acme/app`;

  const result = await act('push-manifest', {
    files: { 'image.tar': both },
    with: { image, source, record: 'none' },
  });

  const layers = imageAt(registry, result.outputs.digest ?? '').layers;
  expect(layers.map(({ digest }) => digest)).toEqual(
    ['two', 'three'].map((text) => digestOf(text)),
  );
});

test('the archive of Docker 25 and later is pushed as the layout that it has', async () => {
  await using registry = await startRegistry();
  const built = imageOf(linux('arm64'));
  const layout = layoutFiles('', built);
  const manifest = parseManifest(
    built.blobs.get(built.descriptor.digest)?.bytes ?? new Uint8Array(),
    mediaTypes.imageManifest,
  );
  if (manifest.kind !== 'image') throw new Error('not an image');
  const pathOf = ({ digest }: { digest: string }): string => `blobs/sha256/${digest.slice(7)}`;
  const legacy = canonicalText([
    {
      Config: pathOf(manifest.image.config),
      RepoTags: ['app:1.0'],
      Layers: manifest.image.layers.map(pathOf),
    },
  ]);
  const files = { 'image.tar': tarOf({ ...layout, 'manifest.json': legacy }) };
  const inputs = { image: `${registry.host}/acme/app`, source: 'docker-archive:image.tar' };

  const result = await act('push-manifest', { files, with: { ...inputs, record: 'none' } });

  expect(result.outputs.digest).toBe(built.descriptor.digest);
});

test.each([
  [
    'no image is named',
    'docker-archive:image.tar',
    /it has 2 images \(app:1\.0 linux\/amd64, web:1\.0 linux\/arm64\), and nothing says which one$/,
  ],
  [
    'another one is named',
    'docker-archive:image.tar:app:2.0',
    /has no image called "app:2\.0": it has app:1\.0, web:1\.0$/,
  ],
  [
    'it is no such archive',
    'docker-archive:other.tar',
    /^other\.tar is no archive of docker save: it has no manifest\.json$/,
  ],
])('an archive is refused before any upload: %s', async (_, source, what) => {
  await using registry = await startRegistry();
  const files = { 'image.tar': both, 'other.tar': tarOf({ x: 'y' }) };

  const result = await act('push-manifest', {
    files,
    with: { image: `${registry.host}/acme/app`, source },
  });

  const refusal = refusalOf(result, registry);
  expect(refusal).toMatchObject({ code: 'SOURCE_INVALID', what: expect.stringMatching(what) });
  expect(refusal.hint).not.toBe('');
});
