import { expect, test } from 'vitest';
import { median } from './median.ts';

test.each([
  [[5], 5],
  [[9, 1, 10], 9],
  [[4, 1, 2, 3], 2.5],
  [[1, 1, 1, 100], 1],
  [[], Number.NaN],
])('the median of %o is %d', (numbers, middle) => {
  expect(median(numbers)).toBe(middle);
});
