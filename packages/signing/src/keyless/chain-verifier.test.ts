import { signIdToken, startSigstore } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { claims, failureOf, openAt, subject } from './test-identity.ts';

/** The JSON of a bundle, as far as the test changes it. */
interface Document {
  readonly dsseEnvelope: { payload: string };
  readonly verificationMaterial: {
    readonly certificate: { rawBytes: string };
    timestampVerificationData: object;
  };
}

/** The text with its byte before the last changed. */
function changed(base64: string): string {
  const bytes = Buffer.from(base64, 'base64');
  const at = bytes.length - 2;
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return bytes.toString('base64');
}

test.each<[string, RegExp, (document: Document, other: Document) => void]>([
  [
    'a payload that was changed',
    /not of the key in its certificate/,
    ({ dsseEnvelope }) => {
      dsseEnvelope.payload = changed(dsseEnvelope.payload);
    },
  ],
  [
    'a certificate that the authority did not sign',
    /not of this authority/,
    ({ verificationMaterial: { certificate } }) => {
      certificate.rawBytes = changed(certificate.rawBytes);
    },
  ],
  [
    'a timestamp of another signature',
    /timestamp is of another signature/,
    ({ verificationMaterial: own }, { verificationMaterial: other }) => {
      own.timestampVerificationData = other.timestampVerificationData;
    },
  ],
])('without a trusted root and without a log %s is refused', async (_, message, change) => {
  await using sigstore = await startSigstore();
  const { timestampUrl } = sigstore;
  const where = { rekorUrl: 'none', timestampUrl };
  const { fulcioUrl } = sigstore;
  const signer = await openAt({ fulcioUrl, ...where }, { token: signIdToken(claims), ...where });
  const bundle = await signer.bundle(subject);
  const read = (bytes: Uint8Array): Document => JSON.parse(Buffer.from(bytes).toString());
  const document = read(bundle);
  change(document, read(await signer.bundle(subject)));

  const failure = await failureOf(
    signer.verifier.bundle(Buffer.from(JSON.stringify(document)), subject.digest),
  );

  expect(failure).toMatchObject({
    code: 'SIGNATURE_INVALID',
    message: expect.stringMatching(message),
  });
  await expect(signer.verifier.bundle(bundle, subject.digest)).resolves.toBeUndefined();
});
