import { expect, test } from 'vitest';
import { expandMatrix } from './matrix.ts';

test('axes multiply, the last one varying fastest', () => {
  const legs = expandMatrix({ flavour: ['kvm', 'metal'], arch: ['amd64', 'arm64'] });

  expect(legs).toEqual([
    { flavour: 'kvm', arch: 'amd64' },
    { flavour: 'kvm', arch: 'arm64' },
    { flavour: 'metal', arch: 'amd64' },
    { flavour: 'metal', arch: 'arm64' },
  ]);
});

test('an exclusion takes away every leg that it matches in part', () => {
  const legs = expandMatrix({
    flavour: ['kvm', 'metal'],
    arch: ['amd64', 'arm64'],
    exclude: [{ flavour: 'metal' }, { flavour: 'kvm', arch: 'arm64' }],
  });

  expect(legs).toEqual([{ flavour: 'kvm', arch: 'amd64' }]);
});

test('an inclusion extends the legs it agrees with, and is a leg of its own where it agrees with none', () => {
  const legs = expandMatrix({
    fruit: ['apple', 'pear'],
    animal: ['cat', 'dog'],
    include: [
      { color: 'green' },
      { color: 'pink', animal: 'cat' },
      { fruit: 'apple', shape: 'circle' },
      { fruit: 'banana' },
      { fruit: 'banana', animal: 'cat' },
    ],
  });

  expect(legs).toEqual([
    { fruit: 'apple', animal: 'cat', color: 'pink', shape: 'circle' },
    { fruit: 'apple', animal: 'dog', color: 'green', shape: 'circle' },
    { fruit: 'pear', animal: 'cat', color: 'pink' },
    { fruit: 'pear', animal: 'dog', color: 'green' },
    { fruit: 'banana' },
    { fruit: 'banana', animal: 'cat' },
  ]);
});

test('a matrix of inclusions alone has a leg for each', () => {
  expect(expandMatrix({ include: [{ os: 'a' }, { os: 'b', extra: true }] })).toEqual([
    { os: 'a' },
    { os: 'b', extra: true },
  ]);
});

test.each([
  ['an axis without values', { arch: [] }, /"arch" .* no values/],
  ['a matrix that excludes all it has', { a: [1], exclude: [{ a: 1 }] }, /no job/],
  ['more than 256 jobs', { a: Array(257).fill(0) }, /257 jobs, more than 256/],
  ['an include that is no list', { a: [1], include: 'x' }, /include .* not a list/],
])('%s is refused', (_, matrix, message) => {
  expect(() => expandMatrix(matrix)).toThrow(message);
});
