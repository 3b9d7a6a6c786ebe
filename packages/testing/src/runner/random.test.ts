import { expect, test } from 'vitest';
import { seededRandom, shuffled } from './random.ts';

const items = [1, 2, 3, 4, 5, 6, 7, 8];

test('the same seed draws the same order, which holds every item', () => {
  const first = shuffled(items, seededRandom(7));

  expect(shuffled(items, seededRandom(7))).toEqual(first);
  expect(first.toSorted()).toEqual(items);
});

test('another seed draws another order', () => {
  const orders = [1, 2, 3, 4, 5].map((seed) => shuffled(items, seededRandom(seed)).join());

  expect(new Set(orders).size).toBeGreaterThan(3);
});
