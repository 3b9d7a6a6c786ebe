import type { Bundle } from '@sigstore/bundle';
import { toSignedEntity } from '@sigstore/verify';
import { sha256 } from './certificate.ts';
import { type AskOptions, ask, failureOf, type Service } from './service.ts';

/** Has an authority say that it saw a signature now: an RFC 3161 reply, DER. https://github.com/sigstore/timestamp-authority/blob/v1.2.9/openapi.yaml */
export async function requestTimestamp(
  service: Service,
  signature: Uint8Array,
  options: AskOptions,
): Promise<Buffer> {
  const artifactHash = sha256(signature).toString('base64');
  // An authority may be given by its whole address.
  const path = service.url.pathname === '/' ? '/api/v1/timestamp' : '';
  const body = { artifactHash, hashAlgorithm: 'sha256', certificates: true };
  const { bytes } = await ask(service, { path, body, ...options });
  return bytes;
}

/** When the timestamps of a bundle are from, as they say; throws the error of the service for one that is not of its signature. */
export function timesOf(service: Service, bundle: Bundle): Date[] {
  const { digest, stamps } = readTimestamps(service, bundle);
  if (stamps.every((stamp) => stamp.digest.equals(digest))) return stamps.map(({ time }) => time);
  throw failureOf(service, 'answered with a timestamp of another signature');
}

function readTimestamps(service: Service, bundle: Bundle) {
  try {
    const { signature, timestamps } = toSignedEntity(bundle);
    const stamps = timestamps.flatMap((stamp) => {
      if (stamp.$case !== 'timestamp-authority') return [];
      const { tstInfo, signingTime: time } = stamp.timestamp;
      return [{ time, digest: tstInfo.messageImprintHashedMessage }];
    });
    return { digest: sha256(signature.signature), stamps };
  } catch (cause) {
    throw failureOf(service, 'answered with something else than a timestamp', cause);
  }
}
