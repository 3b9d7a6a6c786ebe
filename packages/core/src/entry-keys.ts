import type { Descriptor } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { type Identity, identityKey } from './identity.ts';

/**
 * One key for each of these entries, equal for what is the same entry in two lists. An attestation has no platform of
 * its own: it is the first, second, … attestation of the entry that it speaks of.
 */
export function entryKeys(descriptors: readonly Descriptor[], identity: Identity): string[] {
  const byDigest = new Map(descriptors.map((descriptor) => [descriptor.digest, descriptor]));
  const seen = new Map<string, number>();
  return descriptors.map((descriptor) => {
    const digest = attestationSubject(descriptor);
    if (digest === undefined) return identityKey(descriptor, identity);
    const subject = byDigest.get(digest);
    const of = subject === undefined ? digest : identityKey(subject, identity);
    const ordinal = (seen.get(of) ?? 0) + 1;
    seen.set(of, ordinal);
    return `attestation ${ordinal} of ${of}`;
  });
}
