import { type Algorithm, algorithmOf, type Digest, isDigest } from '@oci-matrix/oci';
import type { Capabilities } from './capabilities.ts';
import { refusal } from './refusal.ts';

/** Reads a digest of a path or query; refuses what is none, and an algorithm that the registry does not take. */
export function parseDigestParameter(text: string | null, capabilities: Capabilities): Digest {
  if (!isDigest(text)) {
    throw refusal(400, 'DIGEST_INVALID', `not a digest: ${JSON.stringify(text)}`);
  }
  parseAlgorithm(algorithmOf(text), capabilities);
  return text;
}

/** Reads the `digest-algorithm` of a query (main after distribution-spec v1.1.1, end-4c); refuses what the registry does not take. */
export function parseAlgorithm(text: string, { sha512 }: Capabilities): Algorithm {
  if (text === 'sha256' || (sha512 && text === 'sha512')) return text;
  throw refusal(400, 'DIGEST_INVALID', `this registry does not take ${JSON.stringify(text)}`);
}
