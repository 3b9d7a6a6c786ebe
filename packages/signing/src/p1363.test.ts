import { createPublicKey, sign, verify } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { derOfNumbers } from './p1363.ts';
import { makeKey } from './test-keys.ts';

test.each(['P-256', 'P-384'] as const)(
  'two numbers of %s, in DER, are the same signature',
  (kind) => {
    const { privateKey } = makeKey(kind);
    const publicKey = createPublicKey(privateKey);

    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const numbers = sign('sha256', bytes, { key: privateKey, dsaEncoding: 'ieee-p1363' });

        expect(verify('sha256', bytes, publicKey, derOfNumbers(numbers))).toBe(true);
      }),
      { numRuns: 50 },
    );
  },
);

test.each([
  ['0001', '3006020100020101'],
  ['0080', '300702010002020080'],
  ['00000000', '3006020100020100'],
  ['007f0001', '300602017f020101'],
])('the numbers of %s are as short as DER wants them', (numbers, der) => {
  expect(Buffer.from(derOfNumbers(Buffer.from(numbers, 'hex'))).toString('hex')).toBe(der);
});
