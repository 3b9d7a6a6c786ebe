import { type Descriptor, type Digest, isDigest } from '@oci-matrix/oci';

/**
 * The digest that an attestation entry of BuildKit speaks of, or undefined for any other entry:
 * https://github.com/moby/buildkit/blob/v0.26.0/docs/attestations/attestation-storage.md
 */
export function attestationSubject(descriptor: Descriptor): Digest | undefined {
  const type = descriptor.annotations?.['vnd.docker.reference.type'];
  const subject = descriptor.annotations?.['vnd.docker.reference.digest'];
  return type === 'attestation-manifest' && isDigest(subject) ? subject : undefined;
}
