import { formatPlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { measureImage } from './measure-image.ts';
import { measureUpdate } from './measure-update.ts';
import { layerOf, testImages } from './test-kit/images.ts';

const base = layerOf({ path: 'base', content: 'b'.repeat(5000) });
const old = layerOf({ path: 'app', content: 'old' });
const young = layerOf({ path: 'app', content: 'young' });
const common = { blockSizes: [4096], store: 'overlay2' } as const;

test('a layer that both images have is read once, and both have the numbers that they have alone', async () => {
  const images = testImages();
  const before = images.layout(images.image('linux/amd64', [base, old]));
  const now = images.layout(images.image('linux/amd64', [base, young]));
  const alone = await measureImage({ source: { layout: now }, ...common });
  const previousAlone = await measureImage({ source: { layout: before }, ...common });
  images.opened.length = 0;

  const update = await measureUpdate(
    { source: { layout: now }, ...common },
    { source: { layout: before } },
  );

  expect(update.current).toEqual({ ...alone, measured: 1, known: 1 });
  expect(update.previous).toEqual(previousAlone.platforms);
  const opened = images.opened.filter((digest) => digest === base.descriptor.digest);
  expect(opened).toHaveLength(1);
});

test('of the image before only the platforms that are measured now are read', async () => {
  const images = testImages();
  const before = images.layout(
    images.image('linux/amd64', [old]),
    images.image('linux/arm64', [base]),
  );
  const now = images.layout(
    images.image('linux/arm64/v8', [base, young]),
    images.image('linux/arm/v7', [young]),
  );

  const update = await measureUpdate(
    { source: { layout: now }, ...common },
    { source: { layout: before } },
  );

  expect(update.current.platforms).toHaveLength(2);
  expect(update.previous.map(({ platform }) => formatPlatform(platform))).toEqual(['linux/arm64']);
  expect(images.opened).not.toContain(old.descriptor.digest);
});

test('an image before it for other platforms is compared with nothing', async () => {
  const images = testImages();
  const before = images.layout(images.image('linux/amd64', [old]));
  const now = images.layout(images.image('linux/arm64', [young]));

  const update = await measureUpdate(
    { source: { layout: now }, ...common },
    { source: { layout: before } },
  );

  expect(update.previous).toEqual([]);
  expect(update.current.measured).toBe(1);
});
