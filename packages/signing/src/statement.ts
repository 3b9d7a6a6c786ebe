import { algorithmOf, type Digest, encodedOf, shown } from '@oci-matrix/oci';
import { invalid } from './invalid.ts';
import { memberOf, parseDocument } from './json.ts';
import type { SigningSubject } from './signer.ts';

/** What an envelope around a statement says that it has. https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/envelope.md */
export const statementPayloadType = 'application/vnd.in-toto+json';

/** Of a statement that says no more than that its subject is signed, as cosign 3 makes them. */
export const signPredicateType = 'https://sigstore.dev/cosign/sign/v1';

const statementType = 'https://in-toto.io/Statement/v1';

/** The statement that is signed for a bundle: the same bytes for the same subject. https://github.com/in-toto/attestation/blob/v1.1.0/spec/v1/statement.md */
export function cosignStatement({ digest }: Pick<SigningSubject, 'digest'>): Uint8Array {
  const subject = { digest: { [algorithmOf(digest)]: encodedOf(digest) } };
  const statement = {
    _type: statementType,
    subject: [subject],
    predicateType: signPredicateType,
    predicate: {},
  };
  return new TextEncoder().encode(JSON.stringify(statement));
}

/** Checks that the content of an envelope is a signature's statement of the digest; throws `SIGNATURE_INVALID`. Who signed it is another question. */
export function checkStatement(payloadType: string, payload: Uint8Array, digest: Digest): void {
  expectSame('a payload of the type', payloadType, statementPayloadType);
  const statement = parseDocument(payload, 'a statement');
  expectSame('a statement of the type', memberOf(statement, '_type'), statementType);
  expectSame('the predicate type', memberOf(statement, 'predicateType'), signPredicateType);
  const subjects = memberOf(statement, 'subject');
  const digests = (Array.isArray(subjects) ? subjects : []).map((subject) =>
    memberOf(memberOf(subject, 'digest'), algorithmOf(digest)),
  );
  if (!digests.includes(encodedOf(digest))) {
    const named = digests.slice(0, 3).map((found) => shown(found));
    throw invalid(`is of ${named.join(', ') || 'nothing'}, not of ${digest}`);
  }
}

function expectSame(what: string, found: unknown, expected: string): void {
  if (found !== expected) throw invalid(`has ${what} ${shown(found)}, not "${expected}"`);
}
