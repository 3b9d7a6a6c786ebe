import { sign } from 'node:crypto';
import { payloadSigner } from './payload-signer.ts';
import { type KeyText, readPrivateKey } from './private-key.ts';
import { publicKeyOf } from './public-key.ts';
import type { Signer } from './signer.ts';

/**
 * Signs with a private key of ECDSA P-256 or P-384, RSA with 2048 bits or more, or Ed25519. The signatures are such as
 * `cosign verify --key` of cosign 2 and 3 accepts with no flag for the algorithm: SHA-256 for every ECDSA key and for
 * RSA, which is PKCS#1 v1.5, and pure Ed25519. `cosign sign` of cosign 3 makes others of P-384 (SHA-384, which
 * needs the flag) and Ed25519 (Ed25519ph, which no `cosign verify` accepts).
 * Throws `KEY_INVALID` and `KEY_PASSWORD`.
 */
export async function openKeySigner(text: KeyText): Promise<Signer> {
  const privateKey = await readPrivateKey(text);
  const publicKey = publicKeyOf(privateKey);
  const [hash = null] = publicKey.algorithm.hashes;
  return payloadSigner(publicKey, async (bytes) => sign(hash, bytes, privateKey));
}
