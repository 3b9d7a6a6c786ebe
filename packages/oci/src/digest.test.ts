import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Algorithm,
  algorithmOf,
  createDigester,
  digestOf,
  encodedOf,
  InvalidDigestError,
  isDigest,
  parseDigest,
} from './digest.ts';

const algorithms = fc.constantFrom<Algorithm>('sha256', 'sha512');
const hex = 'ab01'.repeat(16);

test.each<[Algorithm, string]>([
  ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  [
    'sha512',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
])('the %s digest of "abc" is the one that FIPS 180 publishes', (algorithm, encoded) => {
  expect(digestOf('abc', algorithm)).toBe(`${algorithm}:${encoded}`);
});

test('sha256 is the algorithm where none is asked for', () => {
  expect(digestOf('abc')).toBe(digestOf('abc', 'sha256'));
  expect(createDigester().digest()).toBe(digestOf(''));
});

test('a digest reads as itself, and is its algorithm and its hex digits', () => {
  fc.assert(
    fc.property(fc.uint8Array(), algorithms, (content, algorithm) => {
      const digest = digestOf(content, algorithm);

      expect(parseDigest(digest)).toBe(digest);
      expect(algorithmOf(digest)).toBe(algorithm);
      expect(`${algorithmOf(digest)}:${encodedOf(digest)}`).toBe(digest);
    }),
  );
});

test('content has one digest, however it is cut into pieces', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array()), algorithms, (pieces, algorithm) => {
      const digester = createDigester(algorithm);

      for (const piece of pieces) digester.update(piece);

      expect(digester.digest()).toBe(digestOf(Buffer.concat(pieces), algorithm));
    }),
  );
});

test.each([
  ['upper case hex digits', `sha256:${hex.toUpperCase()}`],
  ['an upper case algorithm', `SHA256:${hex}`],
  ['a digit too few', `sha256:${hex.slice(1)}`],
  ['a digit too many', `sha256:${hex}0`],
  ['a letter that is no hex digit', `sha256:${hex.slice(1)}g`],
  ['the length of another algorithm', `sha512:${hex}`],
  ['the length of another algorithm, the other way', `sha256:${hex}${hex}`],
  ['an algorithm that is not registered', `md5:${hex.slice(32)}`],
  ['an algorithm that we do not read', `sha384:${hex}${hex.slice(32)}`],
  ['no algorithm', hex],
  ['an empty algorithm', `:${hex}`],
  ['a line break behind it', `sha256:${hex}\n`],
  ['a line break before it', `\nsha256:${hex}`],
  ['white space around it', ` sha256:${hex} `],
  ['a way out of the folder', `sha256:../../${hex.slice(6)}`],
  ['a query behind it', `sha256:${hex}?x=1`],
  ['nothing in it', ''],
])('text with %s is no digest', (_, text) => {
  expect(isDigest(text)).toBe(false);
  expect(() => parseDigest(text)).toThrow(InvalidDigestError);
});

test.each([undefined, null, 5, 10n, [`sha256:${hex}`], { toString: () => `sha256:${hex}` }])(
  'a value that is no text is no digest: %s',
  (value) => {
    expect(() => parseDigest(value)).toThrow(InvalidDigestError);
  },
);

test('the error says what was there, in short, and what to write', () => {
  const error = new InvalidDigestError('x'.repeat(100_000));

  expect(error.message).toMatch(/^not a digest: "x{200}"$/);
  expect(error).toMatchObject({ code: 'INVALID_DIGEST', name: 'InvalidDigestError' });
  expect(error.hint).toContain('sha256:');
});
