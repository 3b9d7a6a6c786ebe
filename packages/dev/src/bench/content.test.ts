import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { contentOf } from './content.ts';

test('a seed gives its own bytes, every time', () => {
  const bytes = contentOf('a', 10_000);

  expect(bytes).toEqual(contentOf('a', 10_000));
  expect(bytes).not.toEqual(contentOf('b', 10_000));
  expect(bytes.subarray(0, 2)).toEqual(Buffer.from([0x1f, 0x8b]));
  expect(gzipSync(bytes).length).toBeGreaterThan(10_000);
});

test('content may be shorter than what marks it, and empty', () => {
  expect(contentOf('a', 2)).toHaveLength(2);
  expect(contentOf('a', 0)).toHaveLength(0);
});
