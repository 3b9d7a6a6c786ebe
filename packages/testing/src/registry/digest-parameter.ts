import { algorithmOf, type Digest, isDigest } from '@oci-matrix/oci';
import type { Capabilities } from './capabilities.ts';
import { refusal } from './refusal.ts';

/** Reads a digest of a path or query; refuses what is none, and an algorithm that the registry does not take. */
export function parseDigestParameter(text: string | null, { sha512 }: Capabilities): Digest {
  if (!isDigest(text)) {
    throw refusal(400, 'DIGEST_INVALID', `not a digest: ${JSON.stringify(text)}`);
  }
  if (!sha512 && algorithmOf(text) === 'sha512') {
    throw refusal(400, 'DIGEST_INVALID', 'this registry does not take sha512');
  }
  return text;
}
