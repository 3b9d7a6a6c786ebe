import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { fallbackTag } from './fallback-tag.ts';

test('a fallback tag has the algorithm and at most 64 digits', () => {
  expect(fallbackTag(digestOf('x'))).toMatch(/^sha256-[0-9a-f]{64}$/);
  expect(fallbackTag(digestOf('x', 'sha512'))).toMatch(/^sha512-[0-9a-f]{64}$/);
});
