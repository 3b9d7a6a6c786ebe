import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import {
  isPlatformLayersMeta,
  layersMetaOf,
  layersMetaText,
  type PlatformLayersMeta,
  parseLayersMeta,
} from './layers-meta.ts';

const [a = digestOf('a'), b = digestOf('b')] = [digestOf('a'), digestOf('b')].sort();
const layer = { size: 32, usage: 33_243, archive_size: 230 };

test('a document has the bytes that the tools of Foundries write', () => {
  const layers = { [b]: { archive_size: 32, usage: 20_562, size: 0 }, [a]: layer };

  expect(layersMetaText({ amd64: { layers, fs_block_size: 4096 } })).toBe(
    `{"amd64":{"fs_block_size":4096,"layers":{"${a}":{"size":32,"usage":33243,"archive_size":230},"${b}":{"size":0,"usage":20562,"archive_size":32}}}}`,
  );
});

test('what is more comes behind, always in the same order', () => {
  const document: PlatformLayersMeta = {
    ...{ store: 'overlay2', model: 'ext4-overlay2/v1', fs_block_size: 4096 },
    layers: {
      [a]: {
        ...layer,
        usages: { 4096: 2, 1024: 1 },
        inodes: 7,
        entries: 2,
        diff_id: b,
        base: true,
      },
    },
  };

  expect(layersMetaText(document)).toBe(
    `{"fs_block_size":4096,"layers":{"${a}":{"size":32,"usage":33243,"archive_size":230,"base":true,"diff_id":"${b}","entries":2,"inodes":7,"usages":{"1024":1,"4096":2}}},"model":"ext4-overlay2/v1","store":"overlay2"}`,
  );
  expect(parseLayersMeta(layersMetaText(document), 'a test')).toEqual(document);
});

test("a document of Foundries' builds is read, of one platform or of several", () => {
  const one = { fs_block_size: 4096, layers: { [a]: { size: 4, usage: 41_279 } } };

  const platform = parseLayersMeta(JSON.stringify(one), 'a build');
  const merged = parseLayersMeta(
    JSON.stringify({ amd64: one, 'arm/v7': one, new: { ...one, more: 1 } }),
    'a factory',
  );

  expect(platform).toEqual(one);
  expect(isPlatformLayersMeta(merged)).toBe(false);
  expect(layersMetaOf(merged, 'arm/v7')).toEqual(one);
  expect(layersMetaOf(merged, 'constructor')).toBeUndefined();
  expect(layersMetaOf(platform, 'whatever')).toEqual(one);
});

const document = (one: unknown): string =>
  JSON.stringify({ fs_block_size: 4096, layers: { [a]: one } });

test.each([
  ['no JSON', 'x', /is not JSON$/],
  ['a list', '[]', /the document: /],
  [
    'a key that is no digest',
    '{"fs_block_size":4096,"layers":{"x":{"size":1,"usage":1}}}',
    /layers\.x: /,
  ],
  ['no usage', document({ size: 1 }), /usage: /],
  ['a negative size', document({ size: -1, usage: 1 }), /size: /],
  [
    'a size beyond 2^53',
    `{"fs_block_size":4096,"layers":{"${a}":{"size":9007199254740993,"usage":1}}}`,
    /size: /,
  ],
  ['a size that is text', document({ size: '1', usage: 1 }), /size: /],
  ['blocks of nothing', '{"fs_block_size":0,"layers":{}}', /fs_block_size: /],
  ['an architecture that is none', `{"AMD 64":${document(layer)}}`, /AMD 64: /],
  ['5 MB', ' '.repeat(5 * 1024 ** 2), /has 5242880 characters, at most 4194304 go$/],
])('a document is refused: %s', (_, json, reason) => {
  expect(() => parseLayersMeta(json, 'a leg')).toThrow(
    expect.objectContaining({
      code: 'LAYERS_META_INVALID',
      message: expect.stringMatching(reason),
    }),
  );
  expect(() => parseLayersMeta(json, 'a leg')).toThrow(
    /^the layer metadata of a leg cannot be read/,
  );
});
