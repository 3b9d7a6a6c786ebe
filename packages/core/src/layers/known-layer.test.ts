import { descriptorOf, digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import type { LayerMeta, PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { knownLayer } from './known-layer.ts';

const descriptor = descriptorOf(Buffer.from('a layer'), mediaTypes.imageLayerGzip);
const diffId = digestOf('its tar');
const layer = { descriptor, diffId, isBase: false };
const whole = {
  ...{ size: 3, usage: 40_960, archive_size: descriptor.size, diff_id: diffId },
  ...{ entries: 2, inodes: 15, usages: { 1024: 10_240, 4096: 40_960 } },
};
const documentOf = (
  meta: LayerMeta,
  more: Partial<PlatformLayersMeta> = {},
): PlatformLayersMeta => ({
  fs_block_size: 4096,
  layers: { [descriptor.digest]: meta },
  model: 'ext4-overlay2/v1',
  ...more,
});
const wanted = (...blockSizes: number[]) => ({ store: 'overlay2' as const, blockSizes });

test('a document for several block sizes serves for each of them', () => {
  const { usages, ...once } = whole;

  expect(knownLayer([documentOf(whole)], layer, wanted(4096, 1024))).toEqual(whole);
  expect(knownLayer([documentOf(whole)], layer, wanted(4096))).toEqual(once);
  expect(knownLayer([documentOf(whole)], layer, wanted(1024))).toEqual({ ...once, usage: 10_240 });
});

test('the first document that has all serves', () => {
  const { diff_id: _, ...less } = whole;
  const documents = [documentOf(less), documentOf(whole, { layers: {} }), documentOf(whole)];

  expect(knownLayer(documents, layer, wanted(4096, 1024))).toEqual(whole);
});

test.each<[string, PlatformLayersMeta]>([
  ['lacks a block size', documentOf({ ...whole, usages: { 4096: 1 } })],
  ['is by another formula', documentOf(whole, { model: 'ext4-overlay2/v2' })],
  [
    'names no formula, as those of Foundries',
    { fs_block_size: 4096, layers: documentOf(whole).layers },
  ],
  ['is of the lowest layer', documentOf({ ...whole, base: true })],
  ['has another length of the blob', documentOf({ ...whole, archive_size: 1 })],
  ['has another diff id', documentOf({ ...whole, diff_id: digestOf('other') })],
])('a document does not serve that %s', (_, document) => {
  expect(knownLayer([document], layer, wanted(4096, 1024))).toBeUndefined();
});
