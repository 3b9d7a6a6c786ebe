import { expect, test } from 'vitest';
import { checkStatement, cosignStatement, statementPayloadType } from './statement.ts';

const hex = 'f1'.repeat(32);
const digest = `sha256:${hex}` as const;
const bytesOf = (document: unknown): Uint8Array =>
  new TextEncoder().encode(JSON.stringify(document));

const statement = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ digest: { sha256: hex } }],
  predicateType: 'https://sigstore.dev/cosign/sign/v1',
  predicate: {},
};

test('the statement is of one digest and says nothing but that it is signed', () => {
  expect(cosignStatement({ digest })).toEqual(bytesOf(statement));
});

test('a sha512 digest is stated as one', () => {
  const long = `sha512:${'0a'.repeat(64)}` as const;

  const bytes = cosignStatement({ digest: long });

  expect(() => checkStatement(statementPayloadType, bytes, long)).not.toThrow();
  expect(() => checkStatement(statementPayloadType, bytes, digest)).toThrow(/is of nothing/);
});

test('a statement of many subjects is of each of them', () => {
  const many = { ...statement, subject: [{ digest: { sha256: '00' } }, ...statement.subject] };

  expect(() => checkStatement(statementPayloadType, bytesOf(many), digest)).not.toThrow();
});

test.each([
  [{ ...statement, _type: 'https://in-toto.io/Statement/v0.1' }, 'a statement of the type'],
  [{ ...statement, predicateType: 'https://slsa.dev/provenance/v1' }, 'the predicate type'],
  [{ ...statement, subject: [{ digest: { sha256: 'f2' } }] }, 'is of "f2", not of'],
  [{ ...statement, subject: [{ digest: { sha512: hex } }] }, 'is of nothing, not of'],
  [{ ...statement, subject: [] }, 'is of nothing, not of'],
  [{ ...statement, subject: { digest: { sha256: hex } } }, 'is of nothing, not of'],
  ['text', 'a statement of the type nothing'],
])('a statement that says %j is refused', (document, part) => {
  expect(() => checkStatement(statementPayloadType, bytesOf(document), digest)).toThrow(
    expect.objectContaining({
      code: 'SIGNATURE_INVALID',
      message: expect.stringContaining(part),
    }),
  );
});

test('a payload of another type is refused, whatever is in it', () => {
  expect(() => checkStatement('text/plain', bytesOf(statement), digest)).toThrow(
    'the signature has a payload of the type "text/plain", not "application/vnd.in-toto+json"',
  );
});
