import type { Digest } from '@oci-matrix/oci';
import { type BundleWithDsseEnvelope, isBundleWithPublicKey } from '@sigstore/bundle';
import { parseBundle } from './bundle.ts';
import { preAuthEncoding } from './dsse.ts';
import { invalid } from './invalid.ts';
import { type PublicKey, parsePublicKey } from './public-key.ts';
import type { LegacySignature, Verifier } from './signer.ts';
import { checkSimpleSigning, signatureAnnotation } from './simple-signing.ts';
import { checkStatement } from './statement.ts';

/**
 * Verifies signatures of one key, in PEM, as `cosign verify --key --insecure-ignore-tlog` does: ECDSA of P-256 and P-384
 * (with SHA-256 or, of the latter, SHA-384), RSA's PKCS#1 v1.5 with SHA-256, Ed25519. No log and no time is asked for.
 * Throws `KEY_INVALID`.
 */
export const verifierOfKey = (publicKeyPem: string): Verifier =>
  verifierOf(parsePublicKey(publicKeyPem));

export const verifierOf = (key: PublicKey): Verifier => ({
  // Async, so that what is thrown is a rejection.
  bundle: async (bytes, digest) => checkBundle(key, bytes, digest),
  legacy: async (signature, digest) => checkLegacy(key, signature, digest),
});

function checkBundle(key: PublicKey, bytes: Uint8Array, digest: Digest): void {
  const bundle = parseBundle(bytes);
  if (!isBundleWithPublicKey(bundle)) {
    throw invalid(`is of a certificate, not of the key ${key.digest}`);
  }
  const { payload, payloadType } = bundle.content.dsseEnvelope;
  const signature = signatureOf(bundle);
  if (!key.verifies(preAuthEncoding(payloadType, payload), signature)) throw foreign(key);
  checkStatement(payloadType, payload, digest);
}

function signatureOf({ content }: BundleWithDsseEnvelope): Uint8Array {
  const [signature] = content.dsseEnvelope.signatures;
  if (signature === undefined) throw invalid('has an envelope that nobody signed');
  return signature.sig;
}

function checkLegacy(
  key: PublicKey,
  { payload, annotations }: LegacySignature,
  digest: Digest,
): void {
  const text = annotations[signatureAnnotation];
  if (text === undefined) throw invalid(`has no annotation ${signatureAnnotation}`);
  if (!key.verifies(payload, Buffer.from(text, 'base64'))) throw foreign(key);
  checkSimpleSigning(payload, digest);
}

const foreign = ({ digest }: PublicKey): Error =>
  invalid(`is not of the key ${digest}, or its content was changed`);
