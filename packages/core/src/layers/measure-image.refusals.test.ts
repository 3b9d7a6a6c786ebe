import { digestOf, parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { measureImage } from './measure-image.ts';
import { layerOf, testImages } from './test-kit/images.ts';

const base = layerOf({ path: 'base', content: 'b'.repeat(5000) });
const top = layerOf({ path: 'top', content: 't'.repeat(70) });
const common = { blockSizes: [4096], store: 'overlay2' } as const;

test('a layer with another diff id than its config says is named, and ends it all', async () => {
  const images = testImages();
  const wrong = images.image('linux/amd64', [base], { diffIds: [digestOf('other')] });

  await expect(
    measureImage({ source: { layout: images.layout(wrong) }, ...common }),
  ).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
    message: expect.stringContaining(base.descriptor.digest),
  });
});

test.each<[string, readonly string[], RegExp]>([
  ['that is not there', ['linux/s390x'], /no image for linux\/s390x, only for linux\/amd64$/],
  ['of which it has two', [], /two images for linux\/amd64, sha256:[0-9a-f]{64} and sha256:/],
])('a platform %s is refused before a layer is read', async (_, platforms, reason) => {
  const images = testImages();
  const one = images.image('linux/amd64', [base]);
  const entries = platforms.length > 0 ? [one] : [one, images.image('linux/amd64', [top])];

  const failure = measureImage({
    source: { layout: images.layout(...entries) },
    platforms: platforms.map(parsePlatform),
    ...common,
  });

  await expect(failure).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(reason),
  });
  if (platforms.length > 0) expect(images.opened).not.toContain(base.descriptor.digest);
});

test('a config with another number of layers is refused', async () => {
  const images = testImages();
  const wrong = images.image('linux/amd64', [base], { diffIds: [] });

  await expect(
    measureImage({ source: { layout: images.layout(wrong) }, ...common }),
  ).rejects.toMatchObject({ message: expect.stringMatching(/has 0 diffIDs for 1 layers$/) });
});

test('a failure stops what is still being read', async () => {
  const images = testImages();
  const wrong = images.image('linux/amd64', [base, top], {
    diffIds: [digestOf('other'), digestOf(top.tar)],
  });
  const layout = images.layout(wrong);
  let given = 0;
  const slow = {
    ...layout,
    async *open(digest: typeof base.descriptor.digest) {
      if (digest !== top.descriptor.digest) {
        yield* layout.open(digest);
        return;
      }
      for (const byte of top.blob) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        given += 1;
        yield Uint8Array.of(byte);
      }
    },
  };

  await expect(measureImage({ source: { layout: slow }, ...common })).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
  });
  const before = given;
  await new Promise((resolve) => setTimeout(resolve, 60));

  expect(given).toBeLessThanOrEqual(before + 1);
  expect(given).toBeLessThan(top.blob.byteLength);
});
