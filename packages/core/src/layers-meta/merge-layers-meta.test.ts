import { type Digest, digestOf } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LayerMeta, MergedLayersMeta } from './layers-meta.ts';
import { mergeLayersMeta as merge } from './merge-layers-meta.ts';

const [a, b] = [digestOf('a'), digestOf('b')];
const layer: LayerMeta = { size: 32, usage: 33_243, archive_size: 230, diff_id: digestOf('tar') };
const meta = (layers: Readonly<Record<Digest, LayerMeta>>, more: object = {}) => ({
  fs_block_size: 4096,
  layers,
  ...{ model: 'ext4-overlay2/v1', store: 'overlay2' as const },
  ...more,
});
const leg = (name: string, layers: MergedLayersMeta) => ({ leg: name, layers });
type Legs = Parameters<typeof merge>[0];
const mergeLayersMeta = (legs: Legs): MergedLayersMeta | undefined => merge(legs)?.document;
const textOf = (...legs: Legs): string | undefined => merge(legs)?.text;

test('the legs of three architectures become one document', () => {
  const merged = mergeLayersMeta([
    leg('one', { arm64: meta({ [b]: layer }) }),
    leg('two', { amd64: meta({ [a]: layer }) }),
    { leg: 'without' },
  ]);

  expect(merged).toEqual({ amd64: meta({ [a]: layer }), arm64: meta({ [b]: layer }) });
});

test('where no leg measured there is no document', () => {
  expect(mergeLayersMeta([{ leg: 'one' }, { leg: 'two' }])).toBeUndefined();
});

test('layers of one architecture come together from several legs, each once, with all that is known of it', () => {
  const { diff_id: _, archive_size: __, ...little } = layer;

  const merged = mergeLayersMeta([
    leg('app', { amd64: meta({ [a]: little, [b]: { ...layer, usages: { 1024: 9 } } }) }),
    leg('db', { amd64: meta({ [a]: { ...layer, entries: 2 }, [b]: { ...layer, inodes: 3 } }) }),
  ]);

  expect(merged?.amd64?.layers).toEqual({
    [a]: { ...layer, entries: 2 },
    [b]: { ...layer, inodes: 3, usages: { 1024: 9 } },
  });
});

test.each([
  ['size', { size: 33 }, /has size 32 in leg app \(amd64\), and 33 in leg db \(amd64\)$/],
  ['usage', { usage: 1 }, /has usage 33243 in leg app \(amd64\), and 1 in leg db \(amd64\)$/],
  ['archive size', { archive_size: 1 }, /has archive_size 230 in leg app .* 1 in leg db/],
  ['diff id', { diff_id: a }, /has diff_id sha256:.* in leg app .* in leg db/],
  ['inodes', { inodes: 4 }, /has inodes 3 in leg app .* and 4 in leg db/],
  ['usage at 1024', { usages: { 1024: 2 } }, /has usage in blocks of 1024 1 in leg app .* 2 in/],
])('a layer with two values of %s is refused, and both legs are named', (_, other, reason) => {
  const full = { ...layer, inodes: 3, usages: { 1024: 1 } };

  const merged = () =>
    merge([
      leg('app', { amd64: meta({ [a]: full }) }),
      leg('db', { amd64: meta({ [a]: { ...full, ...other } }) }),
    ]);

  expect(merged).toThrow(
    expect.objectContaining({
      code: 'LAYERS_META_INVALID',
      message: expect.stringMatching(reason),
    }),
  );
});

test('a layer that two architectures share has one value, too', () => {
  const legs = [
    leg('app', { amd64: meta({ [a]: layer }) }),
    leg('db', { arm64: meta({ [a]: { ...layer, size: 1 } }) }),
  ];

  expect(() => mergeLayersMeta(legs)).toThrow(
    `the layer ${a} has size 32 in leg app (amd64), and 1 in leg db (arm64)`,
  );
});

test.each([
  [{ fs_block_size: 1024 }, /were measured for blocks of 4096 bytes, .* for blocks of 1024 bytes/],
  [{ store: 'containerd' }, /store overlay2, .*, and those of leg db \(arm64\).* store containerd/],
  [{ model: 'ext4-overlay2/v2' }, /leg app \(amd64\) .* model ext4-overlay2\/v1, .*overlay2\/v2$/],
  [{ model: undefined }, /model unknown$/],
])(
  'legs that measured for different things are refused, and both are named: %o',
  (more, reason) => {
    const legs = [
      leg('app', { amd64: meta({ [a]: layer }) }),
      leg('db', { arm64: meta({ [b]: layer }, more) }),
    ];

    expect(() => mergeLayersMeta(legs.toReversed())).toThrow(
      expect.objectContaining({ message: expect.stringMatching(reason) }),
    );
  },
);

test('a layer that is the lowest of one image and not of another costs what it does above others', () => {
  const lowest = { ...layer, base: true, usage: 25_000, inodes: 9 };

  const merged = mergeLayersMeta([
    leg('app', { amd64: meta({ [a]: lowest }) }),
    leg('db', { amd64: meta({ [a]: { ...layer, inodes: 12 } }) }),
    leg('web', { amd64: meta({ [b]: lowest }) }),
  ]);

  expect(merged?.amd64?.layers).toEqual({ [a]: { ...layer, inodes: 12 }, [b]: lowest });
});

test('a variant keeps its name, and an only one has that of its architecture too', () => {
  const v7 = meta({ [a]: layer });

  expect(mergeLayersMeta([leg('app', { 'arm/v7': v7 })])).toEqual({ arm: v7, 'arm/v7': v7 });
});

test('of two variants none has the name of the architecture, and that is said', () => {
  const legs = [
    leg('seven', { 'arm/v7': meta({ [a]: layer }) }),
    leg('six', { 'arm/v6': meta({ [b]: layer }) }),
  ];

  expect(Object.keys(mergeLayersMeta(legs) ?? {})).toEqual(['arm/v6', 'arm/v7']);
  expect(merge(legs)?.shared).toEqual(['arm']);
});

test('a name that was added for devices is none of its own, when merged again', () => {
  const once = mergeLayersMeta([leg('seven', { 'arm/v7': meta({ [a]: layer }) })]) ?? {};

  const again = mergeLayersMeta([leg('once', once), leg('six', { 'arm/v6': meta({}) })]);

  expect(Object.keys(again ?? {})).toEqual(['arm/v6', 'arm/v7']);
});

test('one architecture by two names is one', () => {
  const legs = [
    leg('app', { 'arm64/v8': meta({ [a]: layer }) }),
    leg('db', { aarch64: meta({ [b]: layer }) }),
  ];

  expect(mergeLayersMeta(legs)).toEqual({ arm64: meta({ [a]: layer, [b]: layer }) });
});

test('what no reader would take is not written', () => {
  const many = Object.fromEntries(
    Array.from({ length: 25_000 }, (_, at) => [digestOf(`${at}`), layer] as const),
  );
  const legs = ['amd64', 'arm64'].map((key) => leg(key, { [key]: meta(many) }));

  expect(() => mergeLayersMeta(legs)).toThrow(
    /^the layer metadata of 2 legs has \d+ characters, at most 4194304 go$/,
  );
});

const keys = ['amd64', 'arm64', 'arm/v6', 'arm/v7', 'riscv64'];

/** What layers cost, by their names: a fact of the world, of which every leg sees a part. */
const pieces = fc.array(
  fc.record({ key: fc.constantFrom(...keys), name: fc.nat(9), leg: fc.nat(3) }),
  { minLength: 1, maxLength: 30 },
);
type Piece = { readonly key: string; readonly name: number; readonly leg: number };
const pieceText = ({ key, name, leg: at }: Piece) =>
  leg(`${at}`, {
    [key]: meta({
      [digestOf(`${name}`)]: { ...layer, size: name, ...(name % 2 ? { base: true } : {}) },
    }),
  });

test('any order of the legs gives the same bytes', () => {
  fc.assert(
    fc.property(
      pieces.chain((all) =>
        fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
      ),
      ([all, shuffled]) => {
        expect(textOf(...shuffled.map(pieceText))).toBe(textOf(...all.map(pieceText)));
      },
    ),
    { numRuns: 50 },
  );
});

test('however layers are split over legs, the bytes are the same', () => {
  fc.assert(
    fc.property(pieces, (all) => {
      const legs = [...Map.groupBy(all, (piece) => piece.leg).values()].map((own) => ({
        leg: 'of several',
        layers: mergeLayersMeta(own.map(pieceText)) ?? {},
      }));

      expect(textOf(...legs)).toBe(textOf(...all.map(pieceText)));
    }),
    { numRuns: 50 },
  );
});
