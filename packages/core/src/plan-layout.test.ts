import { encodedOf, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import type { ImagePlan } from './image-plan.ts';
import { openLayout } from './open-layout.ts';
import { planLayout } from './plan-layout.ts';
import { pushImage } from './push-image.ts';
import { layoutOf, type TestLayout, testLayout, writeLayout } from './test-kit/layout.ts';
import { openRepository } from './test-kit/test-repository.ts';

const plan = (layout: TestLayout, platform?: string): Promise<ImagePlan> =>
  planLayout(layoutOf(layout), platform === undefined ? undefined : parsePlatform(platform));

const digestsOf = (plan: ImagePlan): string[] =>
  plan.manifests.map(({ descriptor }) => descriptor.digest);

test('one image is planned with the platform of its config, though the layout says none', async () => {
  const layout = testLayout();
  const image = layout.image('linux/arm64');
  const { platform: _, ...bare } = image;

  const planned = await plan(layout.finish([bare], {}));

  expect(planned.root).toEqual(image);
  expect(planned.children).toBeUndefined();
  expect(digestsOf(planned)).toEqual([image.digest]);
  expect(planned.blobs).toHaveLength(2);
});

test('what BuildKit writes, one image and its attestation in an inner index, is both of them', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64');
  const attestation = layout.attestation(image);

  const planned = await plan(layout.finish([layout.index(image, attestation)]));

  expect(planned.root).toEqual(image);
  expect(planned.children).toEqual([image, attestation]);
  expect(digestsOf(planned)).toEqual([image.digest, attestation.digest]);
});

test('an index of several platforms is taken whole, children first', async () => {
  const layout = testLayout();
  const images = ['linux/amd64', 'linux/arm64'].map((name) => layout.image(name));
  const attestations = images.map((image) => layout.attestation(image));
  const index = layout.index(...images, ...attestations);

  const planned = await plan(layout.finish([index]));

  expect(planned.root).toEqual(index);
  expect(planned.children).toEqual([...images, ...attestations]);
  expect(digestsOf(planned).at(-1)).toBe(index.digest);
  expect(digestsOf(planned)).toHaveLength(5);
});

test('of several platforms one can be chosen, with what speaks of it', async () => {
  const layout = testLayout();
  const [amd64, arm64] = [layout.image('linux/amd64'), layout.image('linux/arm64')];
  const attestations = [amd64, arm64].map((image) => layout.attestation(image));
  layout.finish([layout.index(amd64, arm64, ...attestations)]);

  const planned = await plan(layout, 'linux/arm64/v8');

  expect(planned.children).toEqual([arm64, attestations[1]]);
});

test('a manifest that an index names twice is planned once', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64');
  const other = layout.image('linux/arm64');

  const planned = await plan(layout.finish([layout.index(image, other, image)]));

  expect(digestsOf(planned)).toHaveLength(3);
});

test.each([
  ['linux/s390x', 'it has 2 images (linux/amd64, linux/arm64), 0 of them for linux/s390x'],
  [undefined, 'it has 2 images (linux/amd64, linux/arm64), and nothing says which one'],
])('where it is not clear which image is meant (%s) the error lists them', async (name, reason) => {
  const layout = testLayout();
  layout.finish(['linux/amd64', 'linux/arm64'].map((each) => layout.image(each)));

  await expect(plan(layout, name)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: `the image layout cannot be used: ${reason}`,
  });
});

test('an artifact in a layout is pushed as what it is', async () => {
  const layout = testLayout();
  const config = layout.blob('{}', 'application/vnd.example.config');
  const text = JSON.stringify({ schemaVersion: 2, config, layers: [] });
  const manifest = layout.blob(text, mediaTypes.imageManifest);

  const planned = await plan(layout.finish([manifest]));

  expect(planned.root).toEqual({ ...manifest, artifactType: config.mediaType });
});

test.each([
  ['the platform that was given', 'linux/amd64', 'linux/arm64'],
  ['the config', undefined, 'linux/arm64'],
])('an image whose %s says another platform than its entry is refused', async (_, given, is) => {
  const layout = testLayout();
  const image = layout.image('linux/amd64', { config: parsePlatform(is) });

  await expect(plan(layout.finish([image]), given)).rejects.toMatchObject({
    code: 'PLATFORM_MISMATCH',
    message: 'the platform given is linux/amd64, but the image config says linux/arm64',
  });
});

test('layers that no runtime unpacks are refused before anything is uploaded', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64', { layerType: 'application/vnd.example.disk' });

  await expect(plan(layout.finish([image]))).rejects.toMatchObject({ code: 'LAYER_NOT_RUNNABLE' });
});

const damages = [
  ['is missing', (layout: TestLayout, path: string) => void layout.files.delete(path)],
  [
    'bytes, its descriptor says',
    (layout: TestLayout, path: string) => void layout.files.set(path, Buffer.from('x')),
  ],
] as const;

test.each(damages)(
  'a blob that is not right is found out before the push: %s',
  async (what, damage) => {
    for (const kind of ['manifest', 'config', 'layer'] as const) {
      const layout = testLayout();
      const image = layout.image('linux/amd64', { layer: 'the layer' });
      const blobs = {
        manifest: image,
        config: layout.blob(JSON.stringify(image.platform), mediaTypes.imageConfig),
        layer: layout.blob('the layer', mediaTypes.imageLayerGzip),
      };
      layout.finish([image]);
      damage(layout, `blobs/sha256/${encodedOf(blobs[kind].digest)}`);

      await expect(plan(layout)).rejects.toMatchObject({
        code: 'SOURCE_INVALID',
        message: expect.stringContaining(what),
      });
    }
  },
);

test('a document with the right size and another content is found out by its digest', async () => {
  const layout = testLayout();
  const image = layout.image('linux/amd64');
  const path = `blobs/sha256/${encodedOf(image.digest)}`;
  layout.files.set(path, Buffer.alloc(image.size, ' '));

  await expect(plan(layout.finish([image]))).rejects.toMatchObject({
    message: expect.stringContaining('has another digest'),
  });
});

test('layers that may not be distributed need not be there, if they are elsewhere', async () => {
  const planWithout = (urls: readonly string[]) => {
    const layout = testLayout();
    const layerType = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
    const image = layout.image('windows/amd64', { layerType, layer: 'base', urls });
    const { digest } = layout.blob('base', layerType);
    layout.files.delete(`blobs/sha256/${encodedOf(digest)}`);
    return plan(layout.finish([image]));
  };

  expect((await planWithout(['https://example.com/base'])).blobs).toHaveLength(1);
  await expect(planWithout([])).rejects.toMatchObject({ code: 'SOURCE_INVALID' });
});

test('a layout arrives in the registry as it is', async () => {
  await using registry = await startRegistry();
  await using folder = await temporaryDirectory('layout');
  await using opened = openRepository(registry.host);
  const layout = testLayout();
  const index = layout.index(layout.image('linux/amd64'), layout.image('linux/arm64'));
  await writeLayout(layout.finish([index]), folder.path);

  const planned = await planLayout(await openLayout(`oci:${folder.path}`), undefined);
  const pushed = await pushImage({ repository: opened.repository, plan: planned, tags: ['1'] });

  const published = Buffer.from(registry.manifest('octo/app', '1')?.bytes ?? []);
  expect(published).toEqual(layout.files.get(`blobs/sha256/${encodedOf(index.digest)}`));
  expect(pushed.map(({ outcome }) => outcome)).toEqual(Array(4).fill('uploaded'));
});
