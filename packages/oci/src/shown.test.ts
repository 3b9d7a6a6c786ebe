import { expect, test } from 'vitest';
import { shown } from './shown.ts';

test.each([
  [undefined, 'nothing'],
  [null, 'null'],
  [0.5, '0.5'],
  [10n, '10'],
  [true, 'true'],
  ['a "b"\n', '"a \\"b\\"\\n"'],
  [[1, 2], 'a list'],
  [{ a: 1 }, 'an object'],
  [() => 1, 'a function'],
])('%o is quoted as %s', (value, text) => {
  expect(shown(value)).toBe(text);
});

test('long text is cut', () => {
  expect(shown('x'.repeat(1_000_000))).toHaveLength(202);
});

test('a value that holds itself is quoted like any other', () => {
  const knot: unknown[] = [];
  knot.push(knot);

  expect(shown(knot)).toBe('a list');
});
