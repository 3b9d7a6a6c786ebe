import { expect, test } from 'vitest';
import { parseChunkRange, parseRange } from './byte-range.ts';

test.each([
  ['bytes=0-4', { start: 0, end: 4 }],
  ['bytes=3-', { start: 3, end: 9 }],
  ['bytes=-4', { start: 6, end: 9 }],
  ['bytes=-40', { start: 0, end: 9 }],
  ['bytes=8-99', { start: 8, end: 9 }],
  ['bytes=10-', 'unsatisfiable'],
  ['bytes=-0', 'unsatisfiable'],
  ['bytes=4-2', 'unsatisfiable'],
  ['bytes=0-1,4-5', undefined],
  ['lines=0-1', undefined],
  [undefined, undefined],
])('of ten bytes, %s is %o', (text, expected) => {
  expect(parseRange(text, 10)).toEqual(expected);
});

test('a chunk says its first and last byte, and nothing else', () => {
  expect(parseChunkRange('5-9')).toEqual({ start: 5, end: 9 });
  expect(parseChunkRange('bytes 5-9/10')).toBeUndefined();
  expect(parseChunkRange('9-5')).toBeUndefined();
});
