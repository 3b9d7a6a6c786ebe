import { expect, test } from 'vitest';
import { withName } from './layout-names.ts';
import { planLayout } from './plan-layout.ts';
import { layoutOf, testLayout } from './test-kit/layout.ts';
import {
  apkoLayout,
  buildxLayout,
  buildxMultiLayout,
  craneLayout,
  koLayout,
  orasLayout,
  skopeoLayout,
  type ToolLayout,
  umociLayout,
} from './test-kit/tool-layouts.ts';

test.each<[string, () => ToolLayout]>([
  ['buildx, with gzip', () => buildxLayout('gzip')],
  ['buildx, with zstd', () => buildxLayout('zstd')],
  ['buildx, not compressed', () => buildxLayout('uncompressed')],
  ['buildx, of several platforms', buildxMultiLayout],
  ['skopeo, buildah and podman', skopeoLayout],
  ['umoci', umociLayout],
  ['crane', craneLayout],
  ['ko', koLayout],
  ['apko', apkoLayout],
  ['oras', orasLayout],
])('a layout as it is written by %s is what was built, bytes and all', async (_, write) => {
  const { layout, root, children } = write();

  const planned = await planLayout(layoutOf(layout), undefined);

  expect(planned.root).toEqual(root);
  expect(planned.children).toEqual(children);
  for (const { descriptor, bytes } of planned.manifests) {
    expect(bytes).toEqual(layout.files.get(`blobs/sha256/${descriptor.digest.slice(7)}`));
  }
});

test.each(['1.0', 'docker.io/acme/app:1.0', 'acme/app:1.0'])(
  'an image is found in its layout by the name %s',
  async (name) => {
    const { layout, root } = buildxLayout();

    const planned = await planLayout(withName(layoutOf(layout), 'oci:out', name), undefined);

    expect(planned.root).toEqual(root);
  },
);

test('of several images in a layout one is meant by its name', async () => {
  const layout = testLayout();
  const images = ['app', 'web'].map((name) => ({
    ...layout.image('linux/amd64', { layer: name }),
    annotations: { 'org.opencontainers.image.ref.name': name },
  }));
  layout.finish(images, {});
  const [, web] = images;

  const planned = await planLayout(withName(layoutOf(layout), 'oci:out', 'web'), undefined);

  expect(planned.root.digest).toBe(web?.digest);
  await expect(planLayout(layoutOf(layout), undefined)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message:
      'the image layout cannot be used: it has 2 images (app linux/amd64, web linux/amd64), and nothing says which one',
    hint: 'Name the image with "platform", or behind the path as oci:PATH:NAME.',
  });
});

test('what an index says of its one image is kept, and what index.json says of it is not', async () => {
  const annotations = { 'com.example.kept': 'yes' };
  const layout = testLayout();
  const image = { ...layout.image('linux/amd64'), annotations };

  const within = await planLayout(layoutOf(layout.finish([layout.index(image)])), undefined);
  const atTop = await planLayout(layoutOf(layout.finish([image])), undefined);

  expect(within.root).toEqual(image);
  expect(atTop.root).toEqual(layout.image('linux/amd64'));
});

test('a name that no image of a layout has is an error that lists those it has', async () => {
  const layout = withName(layoutOf(buildxLayout().layout), 'oci:out:2.0', '2.0');

  await expect(planLayout(layout, undefined)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: 'oci:out:2.0 has no image called "2.0": it has docker.io/acme/app:1.0',
  });
});

test('one tag of two images is no name, and both are named in full', async () => {
  const layout = testLayout();
  const images = ['app', 'web'].map((name) => ({
    ...layout.image('linux/amd64', { layer: name }),
    annotations: {
      'io.containerd.image.name': `docker.io/acme/${name}:1.0`,
      'org.opencontainers.image.ref.name': '1.0',
    },
  }));

  const named = withName(layoutOf(layout.finish(images)), 'oci:out', '1.0');

  await expect(planLayout(named, undefined)).rejects.toThrow(
    /it has 2 images \(docker\.io\/acme\/app:1\.0 linux\/amd64, docker\.io\/acme\/web:1\.0 linux\/amd64\)/,
  );
});
