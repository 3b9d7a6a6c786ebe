import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type Digest, digestOf, encodedOf } from '@oci-matrix/oci';
import { SigningError } from './error.ts';
import { algorithmOfKey, type KeyAlgorithm } from './key-algorithm.ts';
import { pemBlocks } from './pem.ts';

/** A key that signatures are checked with. */
export interface PublicKey {
  /** As "PUBLIC KEY", whatever it was read from. */
  readonly pem: string;
  /** The SHA-256 of its DER. */
  readonly digest: Digest;
  /** What a bundle calls the key: the same hash in base64, as cosign has it. */
  readonly hint: string;
  readonly algorithm: KeyAlgorithm;
  /** Whether a signature, DER where it is ECDSA's and PKCS#1 v1.5 where it is RSA's, is of this key and these bytes. */
  verifies(bytes: Uint8Array, signature: Uint8Array): boolean;
}

const labels = new Set(['PUBLIC KEY', 'RSA PUBLIC KEY']);

/** Reads a public key in PEM; throws `KEY_INVALID`. */
export function parsePublicKey(pem: string): PublicKey {
  const [block] = pemBlocks(pem);
  if (block === undefined) {
    throw notPublic('the public key is not PEM');
  }
  if (!labels.has(block.label)) {
    throw notPublic(`the public key is PEM of the label "${block.label}"`);
  }
  return publicKeyOf(readKey(block.text));
}

const notPublic = (message: string, cause?: unknown): SigningError =>
  new SigningError('KEY_INVALID', message, {
    hint: 'Give the public key as PEM that begins with "-----BEGIN PUBLIC KEY-----".',
    cause,
  });

function readKey(text: string): KeyObject {
  try {
    return createPublicKey(text);
  } catch (cause) {
    throw notPublic('the public key cannot be read', cause);
  }
}

/** What a key, private or public, is verified with; throws `KEY_INVALID` for one of no use here. */
export function publicKeyOf(key: KeyObject): PublicKey {
  const algorithm = algorithmOfKey(key);
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  const digest = digestOf(publicKey.export({ type: 'spki', format: 'der' }));
  return {
    pem: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    digest,
    hint: Buffer.from(encodedOf(digest), 'hex').toString('base64'),
    algorithm,
    verifies: (bytes, signature) =>
      algorithm.hashes.some((hash) => verify(hash, bytes, publicKey, signature)),
  };
}
