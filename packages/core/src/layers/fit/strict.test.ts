import { expect, test } from 'vitest';
import type { LayerMeta } from '../../layers-meta/layers-meta.ts';
import type { App } from './app.ts';
import { appOf, blob, check, installed, twoVolumes, volumeOf } from './test-app.ts';

const block = 4096;
const volumes = twoVolumes(2 ** 30, 2 ** 30, block);
const strict = { engine: 'strict', volumes } as const;

const required = (apps: readonly App[], more = {}): readonly number[] =>
  check(apps, 0, { ...strict, ...more }).volumes.map((volume) => volume.required);

const layer: LayerMeta = { size: 0, usage: 20_562, archive_size: 32, inodes: 3 };
const app = appOf({ x: layer });

test('a blob takes whole blocks, and a layer what docker load was measured to take', () => {
  // usage, padded, with six blocks of what Docker keeps beside it: 24,576 bytes.
  expect(required([app])).toEqual([block, 6 * block + 24_576]);
});

test('beside the lowest layer Docker keeps one file less', () => {
  expect(required([appOf({ x: { ...layer, base: true } })])).toEqual([block, 11 * block]);
});

test('on one volume both are needed together', () => {
  const verdict = check([app], 0, { ...strict, volumes: { store: volumes.store } });

  expect(verdict.volumes).toMatchObject([{ volume: 'disk', required: 13 * block }]);
});

test('ten layers of the size of the sample cost what was measured for docker load, within one percent', () => {
  const usage = Math.ceil(20_998_293 / 10);
  const layers = Array.from({ length: 10 }, (_, at) => [`${at}`, { ...layer, usage }] as const);

  const [, docker = 0] = required([appOf(Object.fromEntries(layers))]);

  expect(Math.abs(docker - 21_270_528) / 21_270_528).toBeLessThan(0.01);
});

test('the usage for blocks of the device counts, where it was measured', () => {
  const measured = appOf({ x: { ...layer, usages: { 1024: 8000, 4096: 20_562 } } });
  const small = twoVolumes(2 ** 30, 2 ** 30, 1024);

  expect(required([measured], { volumes: small })).toEqual([1024, 8192 + 6 * 1024]);
  expect(check([measured], 0, { ...strict, volumes: small }).notes.join()).not.toMatch(/bound/);
});

test('smaller blocks than measured cost no more than those', () => {
  const small = twoVolumes(2 ** 30, 2 ** 30, 1024);

  const verdict = check([app], 0, { ...strict, volumes: small });

  expect(volumeOf(verdict, 'docker').required).toBe(21 * 1024 + 6 * 1024);
  expect(verdict.notes).toContainEqual(
    'For 1 layer an upper bound counts: nobody measured for blocks of 1024 bytes and overlay2.',
  );
});

test('larger blocks than measured waste the difference for each file', () => {
  const large = twoVolumes(2 ** 30, 2 ** 30, 65_536);
  const wasted = (3 + 5) * (65_536 - block);

  const [, docker] = required([app], { volumes: large });

  expect(docker).toBe(Math.ceil((20_562 + wasted) / 65_536) * 65_536 + 6 * 65_536);
});

test('where nobody counted the files, each block is one', () => {
  const large = twoVolumes(2 ** 30, 2 ** 30, 65_536);
  const { inodes: _, ...uncounted } = layer;

  const [, docker] = required([appOf({ x: uncounted })], { volumes: large });

  expect(docker).toBe(6 * 65_536 + 6 * 65_536);
});

test('the store of containerd keeps the blob beside what it unpacks, and less beside that', () => {
  const store = { store: 'containerd' } as const;
  const measuredThere = appOf({ x: layer }, { store: 'containerd' });

  expect(required([app], store)).toEqual([block, 6 * block + block]);
  expect(required([measuredThere], store)).toEqual([block, 6 * block]);
  const bound = 'For 1 layer an upper bound counts: nobody measured for blocks of 4096 bytes and';
  expect(check([app], 0, { ...strict, ...store }).notes).toContainEqual(`${bound} containerd.`);
  expect(check([measuredThere], 0, strict).notes).toContainEqual(`${bound} overlay2.`);
  expect(check([measuredThere], 0, { ...strict, ...store }).notes.join()).not.toMatch(/bound/);
});

test('layers that several Apps have count once, with the measurement of whoever has one', () => {
  const bare: App = { name: 'bare', layers: [{ digest: blob('x'), size: 32 }] };

  const verdict = check([bare, app], 0, strict);

  expect(verdict.volumes.map((volume) => volume.required)).toEqual(required([app]));
  expect(verdict.estimates).toEqual([]);
});

test('of Apps together every layer counts', () => {
  const other = appOf({ y: layer }, {}, 'other');

  expect(required([app, other])).toEqual(required([app]).map((one) => 2 * one));
});

test('a blob that is there costs nothing, and neither does its layer', () => {
  expect(required([app], { installed: installed('x') })).toEqual([0, 0]);
});

test('where the same files are unpacked from another blob only the blob is new', () => {
  const known = appOf({ x: { ...layer, diff_id: blob('files') } });
  const there = { digests: new Set([blob('other')]), diffIds: new Set([blob('files')]) };

  expect(required([known], { installed: there })).toEqual([block, 0]);
  const fromConfig = { ...app, diffIds: new Map([[blob('x'), blob('files')]]) };
  expect(required([fromConfig], { installed: there })).toEqual([block, 0]);
});

test('above a layer that is new all are unpacked again', () => {
  const digests = ['x', 'y', 'z'].map(blob);
  const diffIds = new Map(digests.map((digest) => [digest, blob(`files of ${digest}`)]));
  const image = { name: 'image', layers: digests.map((digest) => ({ digest, size: 0 })), diffIds };
  const there = (...names: string[]) => ({
    digests: new Set<never>(),
    diffIds: new Set(names.map((name) => blob(`files of ${blob(name)}`))),
  });
  const layersUnpacked = (...names: string[]) =>
    (required([image], { installed: there(...names) })[1] ?? 0) / (11 * block);

  expect(layersUnpacked()).toBe(3);
  expect(layersUnpacked('x', 'y')).toBe(1);
  expect(layersUnpacked('x', 'z')).toBe(2);
  expect(layersUnpacked('y', 'z')).toBe(3);
  expect(layersUnpacked('x', 'y', 'z')).toBe(0);
});

test('an archive is kept, and unpacked to three times its size', () => {
  const archive = { digest: blob('tgz'), size: block };
  const documents = [{ digest: blob('manifest'), size: 1 }];

  const whole = { ...app, archive, documents };
  expect(required([whole])[0]).toBe(block + 4 * block + block);
  expect(required([whole], { installed: installed('tgz', 'manifest') })[0]).toBe(block);
});

test('a layer that was not measured counts five times its blob and an empty layer', () => {
  const bare: App = { name: 'bare', layers: [{ digest: blob('x'), size: 10_000 }] };

  const verdict = check([bare], 0, strict);

  const unpacked = Math.ceil((50_000 + 5 * block) / block) * block;
  expect(volumeOf(verdict, 'docker').required).toBe(unpacked + 6 * block);
  expect(verdict.estimates[0]?.reason).toBe(
    'For 1 layer of bare 5 times the compressed size counts, since it has no layer metadata.',
  );
});

test('a blob whose size nobody says counts as if it were not compressed', () => {
  const verdict = check([appOf({ x: { size: 1, usage: 20_562 } })], 0, strict);

  expect(volumeOf(verdict, 'store').required).toBe(6 * block);
  expect(verdict.notes.join()).toMatch(/count as if they were not compressed/);
});

test('a copy that Docker makes while it loads is not counted, and named where it would not fit', () => {
  const big = appOf({ x: { ...layer, size: 4_206_620 } });
  const on = (bytes: number) => ({ ...strict, volumes: twoVolumes(2 ** 30, bytes, block) });
  const needed = 12 * block + Math.ceil(4_206_620 / block) * block;

  expect(required([big])).toEqual(required([app]));
  expect(check([big], 0, on(needed)).gaps).toEqual([]);
  expect(check([big], 0, on(needed - block))).toMatchObject({
    fits: true,
    gaps: [expect.stringMatching(/^the docker volume may be full for a time: .* 4206620 bytes/)],
  });
  expect(check([big], 0, { ...on(needed - block), engine: 'composectl' }).gaps).toHaveLength(1);
});

test('of several Apps the copy of the largest counts, since images are loaded one by one', () => {
  const half = { ...layer, size: 10 * block };
  const apps = [appOf({ x: half }, {}, 'one'), appOf({ y: half }, {}, 'two')];
  const on = (blocks: number) => ({
    ...strict,
    volumes: twoVolumes(2 ** 30, blocks * block, block),
  });

  expect(check(apps, 0, on(24 + 10)).gaps).toEqual([]);
  expect(check(apps, 0, on(24 + 9)).gaps).toHaveLength(1);
});

test('inodes are counted for files, blobs and what Docker keeps, and may be short alone', () => {
  const withInodes = (docker: number) => ({
    store: { ...volumes.store, inodesFree: 1 },
    docker: { ...volumes.docker, inodesFree: docker },
  });

  const enough = check([app], 0, { ...strict, volumes: withInodes(15) });
  const counted = check([appOf({ x: layer }, { store: 'overlay2' })], 0, {
    ...strict,
    volumes: withInodes(3),
  });
  const short = check([app], 0, { ...strict, volumes: withInodes(14) });

  expect([enough.fits, counted.fits]).toEqual([true, true]);
  expect(volumeOf(enough, 'store').inodes).toEqual({ required: 1, available: 1, shortBy: 0 });
  expect(short.fits).toBe(false);
  expect(volumeOf(short, 'docker')).toMatchObject({
    shortBy: 0,
    fits: false,
    inodes: { required: 15, available: 14, shortBy: 1 },
  });
});

test('without a count of free inodes nobody looks at them', () => {
  expect(volumeOf(check([app], 0, strict)).inodes).toBeUndefined();
});

test('layers whose files nobody counted are named', () => {
  const { inodes: _, ...uncounted } = layer;

  expect(check([appOf({ x: uncounted })], 0, strict).notes).toContainEqual(
    'Nothing says how many files are in 1 layer: more inodes are needed than counted here.',
  );
});
