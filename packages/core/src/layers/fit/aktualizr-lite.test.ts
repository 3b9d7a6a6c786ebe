import { expect, test } from 'vitest';
import type { App } from './app.ts';
import {
  appOf,
  blob,
  check,
  installed,
  metaOf,
  requiredBy,
  sample,
  twoVolumes,
  volumeOf,
} from './test-app.ts';

test('the four layers of the sample require 6984536 bytes where nothing is installed', () => {
  expect(requiredBy([appOf(sample)])).toBe(6_984_536);
});

test('with the last of the four installed they require 95502 bytes', () => {
  expect(requiredBy([appOf(sample)], { installed: installed('d') })).toBe(95_502);
});

test('what requires exactly what is available fits, and one byte less does not do', () => {
  const exactly = check([appOf(sample)], 6_984_536);
  const less = check([appOf(sample)], 6_984_535);

  expect(exactly).toMatchObject({ fits: true, volumes: [{ shortBy: 0 }] });
  expect(less).toMatchObject({ fits: false, volumes: [{ shortBy: 1 }] });
});

test('on two volumes blobs and unpacked layers are looked at apart', () => {
  const volumes = twoVolumes(2_107_591, 4_876_944);

  const verdict = check([appOf(sample)], 0, { volumes });

  expect(verdict.volumes).toMatchObject([
    { volume: 'store', required: 2_107_591, shortBy: 0, fits: true },
    { volume: 'docker', required: 4_876_945, shortBy: 1, fits: false },
  ]);
  expect(verdict.fits).toBe(false);
});

test('the block size of neither the disk nor the measurement changes anything', () => {
  const volumes = { store: { blockSize: 65_536, blocks: 1000, free: 1000 } };
  const apps = [appOf(sample, { fs_block_size: 1024 })];

  expect(volumeOf(check(apps, 0, { volumes })).required).toBe(6_984_536);
});

test('a layer without a size of its blob counts nothing of it, and that is said', () => {
  const app = appOf({ a: { size: 0, usage: 20_562 } });

  const verdict = check([app], 1_000_000);

  expect(volumeOf(verdict).required).toBe(20_562);
  expect(verdict.notes).toEqual([
    'Nothing says how large the blobs of 1 layer are: as in aktualizr-lite they count nothing.',
  ]);
});

const estimated = (more: Partial<App> = {}): App => ({
  name: 'the App',
  layers: [
    { digest: blob('x'), size: 1000 },
    { digest: blob('y'), size: 10 },
  ],
  ...more,
});

test('without metadata a layer is taken for five times its compressed size, and the reason is named', () => {
  const verdict = check([estimated({ without: 'nothing measured it' })], 1_000_000);

  expect(volumeOf(verdict).required).toBe(1010 + 5 * 1010);
  expect(verdict.estimates).toEqual([
    {
      app: 'the App',
      digests: [blob('x'), blob('y')],
      reason:
        'For all layers of the App 5 times the compressed size counts, since nothing measured it.',
    },
  ]);
  expect(verdict.notes.join()).toMatch(/any other it pulls without a check/);
});

test('a layer that an image has twice counts once', () => {
  const layer = { digest: blob('x'), size: 1000 };

  expect(requiredBy([estimated({ layers: [layer, layer] })])).toBe(6000);
});

test('one missing layer that was not measured makes an estimate of the whole App', () => {
  const app = estimated({ document: { amd64: metaOf({ x: { size: 1, usage: 7 } }) } });

  const all = check([app], 1_000_000);
  const rest = check([app], 1_000_000, { installed: installed('y') });

  expect(volumeOf(all).required).toBe(6 * 1010);
  expect(all.estimates[0]?.reason).toMatch(/since its layer metadata does not have them\.$/);
  expect(volumeOf(rest).required).toBe(1007);
  expect(rest.estimates).toEqual([]);
});

test('metadata for other architectures alone is no metadata', () => {
  const app = estimated({ document: { arm64: metaOf({ x: { size: 1, usage: 7 } }) } });

  const verdict = check([app], 1_000_000);

  expect(volumeOf(verdict).required).toBe(6 * 1010);
  expect(verdict.estimates[0]?.reason).toMatch(/has nothing for amd64\.$/);
});

test('an arm variant that stands under its own name alone is not found by the engine', () => {
  const app: App = { name: 'the App', document: { 'arm/v7': metaOf(sample) } };
  const archives = 2_107_591;

  const verdict = check([app], 2 ** 40, { architecture: 'arm/v7' });

  expect(volumeOf(verdict).required).toBe(6 * archives);
  expect(verdict.estimates[0]?.reason).toMatch(/has no "arm", which is where the engine looks/);
  expect(
    requiredBy([{ ...app, document: { arm: metaOf(sample) } }], { architecture: 'arm/v7' }),
  ).toBe(6_984_536);
});

test('the archive of an App needs three times its size before it is there, and one afterwards', () => {
  const archive = { digest: blob('tgz'), size: 1000 };
  const small = { x: { size: 1, usage: 1, archive_size: 1 } };

  expect(requiredBy([{ ...appOf(small), archive }])).toBe(3000);
  expect(requiredBy([{ ...appOf(sample), archive }])).toBe(6_984_536 + 1000);
  expect(requiredBy([{ ...appOf(small), archive }], { installed: installed('tgz') })).toBe(2);
});

const two = [
  appOf({ a: { size: 1, usage: 600, archive_size: 100 } }, {}, 'first'),
  appOf({ b: { size: 1, usage: 600, archive_size: 100 } }, {}, 'second'),
];

test('an App is looked at when those before it are downloaded, and nothing of them is unpacked', () => {
  expect(requiredBy(two)).toBe(100 + 100 + 600);
});

test('what an App brought is there for the next one', () => {
  const [first] = two;
  if (first === undefined) throw new Error('there is no first');

  expect(requiredBy([first, { ...first, name: 'again' }])).toBe(700);
});

test('two Apps that fit alone and not together fit for the engine, and the gap is named', () => {
  const bytes = 100_000;
  const apps = ['a', 'b'].map((name) =>
    appOf({ [name]: { size: 1, usage: 60_000, archive_size: 10_000 } }, {}, name),
  );

  const alone = apps.map((app) => check([app], bytes, { engine: 'strict' }).fits);
  const together = check(apps, bytes, { engine: 'strict' });
  const verdict = check(apps, bytes);

  expect(alone).toEqual([true, true]);
  expect(together).toMatchObject({ fits: false, gaps: [] });
  expect(verdict.fits).toBe(true);
  expect(verdict.gaps).toEqual([
    expect.stringMatching(
      /^aktualizr-lite says yes, and yet the disk volume is short by 40012 bytes .* looks at each App alone/,
    ),
  ]);
});
