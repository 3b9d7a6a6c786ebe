import { digestOf, parsePlatform } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import type { PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { checkBudget } from './check-budget.ts';
import { compareLayers } from './compare-layers.ts';
import { layersSummary } from './layers-summary.ts';
import { layersTotal } from './layers-total.ts';

// A layer costs its number on the disk, a tenth of that to download.
const documentOf = (...costs: readonly number[]): PlatformLayersMeta => ({
  fs_block_size: 4096,
  layers: Object.fromEntries(
    costs.map((cost) => [
      digestOf(`${cost}`),
      { size: cost / 2, usage: cost, archive_size: cost / 10 },
    ]),
  ),
});
const usages = (layers: readonly { readonly usage: number }[]): number[] =>
  layers.map(({ usage }) => usage);

test('an update costs what is new, and both are there until the old one goes', () => {
  const comparison = compareLayers(documentOf(1000, 300), documentOf(1000, 200, 400));

  expect(usages(comparison.added)).toEqual([400, 200]);
  expect(usages(comparison.removed)).toEqual([300]);
  expect(usages(comparison.shared)).toEqual([1000]);
  expect(comparison).toMatchObject({ download: 60, usage: 600, freed: 300, growth: 300 });
});

test('the same image costs nothing', () => {
  expect(compareLayers(documentOf(10, 20), documentOf(20, 10))).toMatchObject({
    ...{ added: [], removed: [], download: 0, usage: 0, freed: 0, growth: 0 },
  });
});

test('an image may keep its budget to the byte, and a smaller one grows by less than nothing', () => {
  const [current, previous] = [documentOf(1000), documentOf(1000, 20)];

  expect(checkBudget({ current, previous, maxUsage: 1000, maxGrowth: -20 })).toEqual([]);
  expect(checkBudget({ current, previous, maxUsage: 999, maxGrowth: -21 })).toEqual([
    { limit: 'max-usage', allowed: 999, actual: 1000, over: 1 },
    { limit: 'max-growth', allowed: -21, actual: -20, over: 1 },
  ]);
});

test('without an image before there is no growth to go beyond', () => {
  expect(checkBudget({ current: documentOf(1000), maxGrowth: 0 })).toEqual([]);
});

test('a summary has the largest layers of each platform with their places', () => {
  const document = documentOf(20, 500, 100);
  const platform = {
    platform: parsePlatform('linux/arm64'),
    manifest: { mediaType: 'x/y', digest: digestOf('m'), size: 1 },
    layers: [20, 500, 100].map((cost) => digestOf(`${cost}`)),
    document,
    total: layersTotal(document),
  };

  const [summary] = layersSummary({
    platforms: [platform],
    previous: new Map([['linux/arm64', documentOf(20)]]),
    largest: 2,
  });

  expect(summary).toMatchObject({
    platform: 'linux/arm64',
    total: { layers: 3, size: 310, usage: 620, archive_size: 62 },
    largest: [
      { usage: 500, place: 1 },
      { usage: 100, place: 2 },
    ],
    comparison: { growth: 600 },
  });
});
