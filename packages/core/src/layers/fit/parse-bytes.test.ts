import { expect, test } from 'vitest';
import { parseBytes } from './parse-bytes.ts';

test.each([
  ['0', 0],
  ['1000', 1000],
  ['1KiB', 1024],
  ['2 GiB', 2 ** 31],
  ['1TiB', 2 ** 40],
])('%s is %d bytes', (text, bytes) => {
  expect(parseBytes(text, 'reserve')).toBe(bytes);
});

test.each(['', '-1', '1.5GiB', '2GB', '9007199254740993', '9007199254740991TiB'])(
  '%j is no amount',
  (text) => {
    expect(() => parseBytes(text, 'reserve')).toThrow(
      `${JSON.stringify(text)} in reserve is no amount`,
    );
  },
);
