import { expect, test } from 'vitest';
import { fitsOutput } from './output-size.ts';

test.each([
  ['nothing', '', true],
  ['as much as Linux takes for one variable, less some room', 'x'.repeat(120_000), true],
  ['more', 'x'.repeat(120_001), false],
  ['fewer characters of more bytes', 'ü'.repeat(60_001), false],
])('%s fits an output: %#', (_, text, fits) => {
  expect(fitsOutput(text)).toBe(fits);
});

test('what fits still fits as a variable, with its name', () => {
  const largest = Array.from({ length: 140 }, (_, at) => 'x'.repeat(at * 1000)).findLast(
    fitsOutput,
  );

  expect(`INPUT_RECORDS=${largest}\0`.length).toBeLessThan(128 * 1024);
});
