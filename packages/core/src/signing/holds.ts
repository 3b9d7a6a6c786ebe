import { type Digest, OciError } from '@oci-matrix/oci';
import type { Verifier } from '@oci-matrix/signing';
import type { SignatureContent } from './stored-signature.ts';
import { isWellFormed } from './well-formed.ts';

/** Throws `SIGNATURE_INVALID` unless the signature is for the digest, and of whom the verifier is about. */
export const verify = (
  content: SignatureContent,
  digest: Digest,
  verifier: Verifier,
): Promise<void> =>
  content.format === 'bundle'
    ? verifier.bundle(content.bytes, digest)
    : verifier.legacy(content.signature, digest);

// A certificate that is over is no fault of whoever reads it.
const refusals: readonly string[] = ['SIGNATURE_INVALID', 'CLOCK_SKEW'];

/** True if a verifier accepts the signature; without one, if it has the form of one for the digest. */
export async function holds(
  content: SignatureContent,
  digest: Digest,
  verifier: Verifier | undefined,
): Promise<boolean> {
  if (verifier === undefined) return isWellFormed(content, digest);
  try {
    await verify(content, digest, verifier);
    return true;
  } catch (error) {
    if (error instanceof OciError && refusals.includes(error.code)) return false;
    throw error;
  }
}
