import { assert, constantFrom, dictionary, integer, property, record, subarray } from 'fast-check';
import { test } from 'vitest';
import { fitEngines } from './app.ts';
import { checkFit } from './check-fit.ts';
import { appOf, check, installed } from './test-app.ts';

const amount = integer({ min: 0, max: 100_000 });
const names = ['a', 'b', 'c', 'd', 'e'] as const;
const layers = dictionary(
  constantFrom(...names),
  record({ size: amount, usage: amount, archive_size: amount, inodes: amount }),
);
const engine = constantFrom(...fitEngines);
const runs = { numRuns: 60 };

const disk = (free: number, blockSize = 512) => ({
  store: { blockSize, blocks: 5000, free, inodesFree: 100_000 },
});

test('installing more never needs more', () => {
  assert(
    property(layers, layers, engine, subarray([...names]), (one, two, rules, there) => {
      const apps = [appOf(one, {}, 'one'), appOf(two, {}, 'two')];
      const required = (...has: string[]): number[] =>
        check(apps, 0, {
          engine: rules,
          installed: installed(...has),
          volumes: disk(0),
        }).volumes.map((volume) => volume.required);

      const [before = 0] = required();
      const [after = 0] = required(...there);
      return after <= before;
    }),
    runs,
  );
});

test('a bigger disk never fits less', () => {
  const percent = integer({ min: 20, max: 95 });
  const part = integer({ min: 0, max: 2500 });
  assert(
    property(layers, engine, percent, part, amount, (one, rules, watermark, free, more) => {
      const fits = (grown: number): boolean => {
        const store = { blockSize: 512, blocks: 3000 + grown, free: free + grown };
        const reserve = { watermark };
        return check([appOf(one)], 0, { engine: rules, volumes: { store }, reserve }).fits;
      };

      return !fits(0) || fits(more);
    }),
    runs,
  );
});

test('it fits exactly where nothing is short', () => {
  assert(
    property(layers, engine, integer({ min: 0, max: 2500 }), (one, rules, free) => {
      const { fits, volumes } = check([appOf(one)], 0, { engine: rules, volumes: disk(free) });

      return (
        fits === volumes.every(({ shortBy, inodes }) => shortBy + (inodes?.shortBy ?? 0) === 0) &&
        volumes.every(({ required, available, shortBy }) =>
          shortBy === 0 ? required <= available : required - available === shortBy,
        )
      );
    }),
    runs,
  );
});

test('the order of what is installed and of layers changes nothing', () => {
  assert(
    property(layers, engine, subarray([...names]), (one, rules, there) => {
      const turned = Object.fromEntries(Object.entries(one).reverse());
      const verdict = (app: typeof one, has: readonly string[]) =>
        checkFit({
          apps: [appOf(app)],
          architecture: 'amd64',
          installed: installed(...has),
          volumes: disk(1000),
          reserve: { watermark: 80 },
          engine: rules,
          store: 'overlay2',
        });

      return (
        JSON.stringify(verdict(one, there)) === JSON.stringify(verdict(turned, there.toReversed()))
      );
    }),
    runs,
  );
});
