import { expect, test } from 'vitest';
import { availableOn, refuseVolume, refuseWatermark } from './volume.ts';

const volume = { blockSize: 4096, blocks: 1000, free: 500 };
const watermark = (percent: number) => ({ watermark: percent });

test('what is above the watermark is reserved', () => {
  expect(availableOn(volume, watermark(80), 'aktualizr-lite')).toBe(4096 * (500 - 200));
});

test('where more is reserved than is free nothing is available', () => {
  expect(availableOn(volume, watermark(20), 'aktualizr-lite')).toBe(0);
});

test('aktualizr-lite reserves whole blocks, rounded up', () => {
  const odd = { blockSize: 4096, blocks: 1001, free: 1001 };

  expect(availableOn(odd, watermark(80), 'aktualizr-lite')).toBe(4096 * (1001 - 201));
});

test('composectl reserves bytes, rounded down', () => {
  const odd = { blockSize: 4096, blocks: 1001, free: 1001 };
  const reserved = 820_019;

  expect(availableOn(odd, watermark(80), 'composectl')).toBe(4096 * 1001 - reserved);
});

test('aktualizr-lite computes with doubles, by which 7 % of 100 blocks are 8', () => {
  const full = { blockSize: 1, blocks: 100, free: 100 };

  expect(availableOn(full, watermark(93), 'aktualizr-lite')).toBe(92);
  expect(availableOn(full, watermark(93), 'composectl')).toBe(93);
});

test('a reserve in bytes wins over the watermark', () => {
  expect(availableOn(volume, { watermark: 80, reserve: 4096 }, 'composectl')).toBe(4096 * 499);
});

test.each([
  ['aktualizr-lite', 19, 96],
  ['composectl', 19, 100],
  ['strict', 0, 101],
] as const)('%s takes no watermark of %d or %d', (engine, low, high) => {
  for (const percent of [low, high]) {
    expect(() => refuseWatermark(watermark(percent), engine)).toThrow(
      `a watermark of ${percent} is nothing that ${engine} takes`,
    );
    expect(() => refuseWatermark({ watermark: percent, reserve: 1 }, engine)).not.toThrow();
  }
  expect(() => refuseWatermark(watermark(low + 1), engine)).not.toThrow();
  expect(() => refuseWatermark(watermark(high - 1), engine)).not.toThrow();
});

test('more free blocks than blocks are refused', () => {
  expect(() => refuseVolume({ ...volume, free: 1001 }, 'disk')).toThrow(
    'the disk volume has 1001 free blocks of 1000',
  );
});

test('a volume beyond what can be counted is refused', () => {
  const huge = { blockSize: 4096, blocks: 2 ** 42, free: 0 };

  expect(() => refuseVolume(huge, 'disk')).toThrow('the size of the disk volume comes to');
});
