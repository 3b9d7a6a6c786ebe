import { digestOf } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseRecord, type RecordedSignature, recordText } from '../record.ts';
import { entryFor, recordOf } from '../test-kit/records.ts';
import { addSignatures } from './add-signatures.ts';

const key = { key: digestOf('a key') };

const signatureOf = (
  subject: string,
  more: Partial<RecordedSignature> = {},
): RecordedSignature => ({
  subject: digestOf(subject),
  format: 'bundle',
  descriptor: entryFor(`signature of ${subject}`),
  signedBy: key,
  ...more,
});

test('signatures are added to those that are there, and of the same one the later stays', () => {
  const [one, two] = [signatureOf('one'), signatureOf('two')];
  const again = signatureOf('one', { descriptor: entryFor('made anew') });
  const identity = signatureOf('one', {
    signedBy: { identity: 'me@acme.io', issuer: 'https://acme.io' },
  });
  const legacy = signatureOf('one', { format: 'legacy' });

  const record = addSignatures(addSignatures(recordOf(), [one, two]), [again, identity, legacy]);

  expect(record.signatures).toHaveLength(4);
  expect(record.signatures).toEqual(expect.arrayContaining([two, again, identity, legacy]));
});

test('the order in which signatures come changes nothing, and what was written is read', () => {
  const signatures = fc
    .uniqueArray(fc.nat(20), { maxLength: 6 })
    .map((all) =>
      all.map((n) => signatureOf(`${n}`, { format: n % 2 === 0 ? 'bundle' : 'legacy' })),
    );
  fc.assert(
    fc.property(signatures, fc.nat(6), (all, at) => {
      const whole = addSignatures(recordOf(), all);
      const parts = addSignatures(addSignatures(recordOf(), all.slice(at)), all.slice(0, at));

      expect(recordText(parts)).toBe(recordText(whole));
      expect(parseRecord(recordText(whole), 'here')).toEqual(whole);
    }),
    { numRuns: 30 },
  );
});

test('a record without signatures stays as it is', () => {
  const record = recordOf();

  expect(addSignatures(record, [])).toBe(record);
});

test('more signatures than a fan-in reads are refused in the leg', () => {
  const many = Array.from({ length: 10_001 }, (_, n) => signatureOf(`${n}`));

  expect(() => addSignatures(recordOf(), many)).toThrow(
    expect.objectContaining({ code: 'RECORD_INVALID' }),
  );
});
