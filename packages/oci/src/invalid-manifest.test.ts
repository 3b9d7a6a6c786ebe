import { expect, test } from 'vitest';
import { InvalidManifestError } from './invalid-manifest.ts';

test('the error says where, what and why', () => {
  const error = new InvalidManifestError('$.config.size', -1, 'is not a number of bytes');

  expect(error.message).toBe('not a valid manifest: $.config.size is not a number of bytes: -1');
  expect(error).toMatchObject({ code: 'INVALID_MANIFEST', path: '$.config.size' });
  expect(error.hint).toMatch(/\.$/);
});

test('a value of any depth can be refused', () => {
  const deep: unknown = JSON.parse('['.repeat(100_000) + ']'.repeat(100_000));

  expect(new InvalidManifestError('$', deep, 'is not an object').message).toMatch(/: a list$/);
});
