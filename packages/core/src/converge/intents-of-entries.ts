import type { Descriptor, Digest } from '@oci-matrix/oci';
import { attestationSubject } from '../attestation.ts';
import { type Identity, identityKey } from '../identity.ts';
import type { Generation } from './generation.ts';
import type { Intent } from './intent.ts';
import { slotFor } from './intent-tag.ts';

/** An entry for the index, and when it was made. */
export interface DatedEntry {
  readonly descriptor: Descriptor;
  readonly generation: Generation;
}

/** One intent for each entry. Attestations go with their subject, since they enter and leave the index with it. */
export function intentsOfEntries(
  tag: string,
  entries: readonly DatedEntry[],
  identity: Identity,
): Intent[] {
  const present = new Set<Digest>(entries.map(({ descriptor }) => descriptor.digest));
  const travels = ({ descriptor }: DatedEntry): boolean => {
    const subject = attestationSubject(descriptor);
    return subject !== undefined && present.has(subject);
  };
  const companions = Map.groupBy(entries.filter(travels), ({ descriptor }) =>
    attestationSubject(descriptor),
  );
  return entries
    .filter((entry) => !travels(entry))
    .map(({ descriptor, generation }) => ({
      slot: slotFor(tag, keyOf(descriptor, identity)),
      generation,
      entries: [descriptor, ...(companions.get(descriptor.digest) ?? []).map((e) => e.descriptor)],
    }));
}

// All attestations have one platform: what tells them apart is what they are.
const keyOf = (descriptor: Descriptor, identity: Identity): string =>
  attestationSubject(descriptor) ? descriptor.digest : identityKey(descriptor, identity);
