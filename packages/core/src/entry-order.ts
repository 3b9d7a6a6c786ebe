import { type Descriptor, normalisePlatform } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { type Identity, identityKey } from './identity.ts';

/** Images before artifacts before attestations, then by platform, identity and digest: the same order on any machine. */
export const byPlace =
  (identity: Identity) =>
  (a: Descriptor, b: Descriptor): number => {
    const [first, second] = [placeOf(a, identity), placeOf(b, identity)];
    return first < second ? -1 : first > second ? 1 : 0;
  };

export const byDigest = (a: Descriptor, b: Descriptor): number =>
  a.digest < b.digest ? -1 : a.digest > b.digest ? 1 : 0;

function placeOf(descriptor: Descriptor, identity: Identity): string {
  const rank = attestationSubject(descriptor) ? '2' : descriptor.artifactType ? '1' : '0';
  const platform = descriptor.platform && normalisePlatform(descriptor.platform);
  const parts = [platform?.os, platform?.architecture, platform?.variant, platform?.['os.version']];
  return [
    rank,
    ...parts.map((part) => part ?? ''),
    identityKey(descriptor, identity),
    descriptor.digest,
  ].join('\n');
}
