import { expect, test } from 'vitest';
import { measureImage } from './measure-image.ts';
import { measuredDocument } from './measured-document.ts';
import { layerOf, testImages } from './test-kit/images.ts';

const layer = layerOf({ path: 'file', content: 'text' });

async function measured(...platforms: readonly string[]) {
  const images = testImages();
  const layout = images.layout(...platforms.map((platform) => images.image(platform, [layer])));
  return measureImage({ source: { layout }, blockSizes: [4096], store: 'overlay2' });
}

test('one platform has the document of its own', async () => {
  const { platforms } = await measured('linux/arm/v7');

  expect(measuredDocument(platforms)).toBe(platforms[0]?.document);
});

test('several platforms are there by the names of their architectures', async () => {
  const { platforms } = await measured('linux/amd64', 'linux/arm64/v8', 'linux/arm/v6');

  expect(Object.keys(measuredDocument(platforms)).sort()).toEqual([
    ...['amd64', 'arm', 'arm/v6', 'arm64'],
  ]);
});

test('two images with one name are an error', async () => {
  const { platforms } = await measured('linux/arm64');

  expect(() => measuredDocument([...platforms, ...platforms])).toThrow(
    'the image has two images for arm64',
  );
});
