import { expect, test } from 'vitest';
import { expandMatrix } from './expand-matrix.ts';

test('the axes are multiplied, the first one turning slowest', () => {
  expect(expandMatrix({ os: ['a', 'b'], arch: ['x', 'y'] })).toEqual([
    { os: 'a', arch: 'x' },
    { os: 'a', arch: 'y' },
    { os: 'b', arch: 'x' },
    { os: 'b', arch: 'y' },
  ]);
});

test('what exclude agrees with in part is left out', () => {
  const exclude = [{ os: 'a', arch: 'x' }, { os: 'b' }, { other: 'z' }];

  expect(expandMatrix({ os: ['a', 'b'], arch: ['x', 'y'], exclude })).toEqual([
    { os: 'a', arch: 'y' },
  ]);
});

test('values that are objects agree whatever the order of their keys', () => {
  const matrix = {
    os: [{ name: 'a', version: 1 }, 'b'],
    exclude: [{ os: { version: 1, name: 'a' } }],
  };

  expect(expandMatrix(matrix)).toEqual([{ os: 'b' }]);
});

test('an include extends the legs that it agrees with, and overwrites what other includes added', () => {
  const include = [{ debug: false }, { os: 'a', debug: true }];

  expect(expandMatrix({ os: ['a', 'b'], include })).toEqual([
    { os: 'a', debug: true },
    { os: 'b', debug: false },
  ]);
});

test('an include that agrees with no leg of the axes is a leg of its own', () => {
  const include = [{ os: 'c' }, { os: 'c', debug: true }];

  expect(expandMatrix({ os: ['a'], include })).toEqual([{ os: 'a' }, ...include]);
});

test('a matrix of includes alone has these legs', () => {
  const include = [{ os: 'a' }, { os: 'b' }];

  expect(expandMatrix({ include })).toEqual(include);
  expect(expandMatrix({})).toEqual([]);
});

test('axes that make more legs than anybody runs are refused before they are multiplied', () => {
  const axes = Object.fromEntries(
    Array.from({ length: 12 }, (_, key) => [
      `key${key}`,
      Array.from({ length: 20 }, (__, at) => at),
    ]),
  );

  expect(() => expandMatrix(axes)).toThrow(/make 4096000000000000 legs, at most 10000 go/);
});
