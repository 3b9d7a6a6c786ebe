import type { Descriptor, Digest } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { byDigest } from './entry-order.ts';
import { addedSlot, filledSlot, keptSlot, removedSlot } from './entry-slot.ts';
import { type Identity, identityKey } from './identity.ts';
import type { IndexEntry } from './index-document.ts';
import type { Placed } from './place-subjects.ts';

/**
 * Puts attestations into a list, after their subjects. Those of a subject that left leave with it, and the attestations of
 * what came in its place take their places.
 */
export function placeAttestations(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  subjects: Placed,
  identity: Identity,
): Placed {
  const gone = goneSubjects(subjects, identity);
  const named = new Map(incoming.toSorted(byDigest).map((next) => [next.digest, next]));
  const known = new Set(current.map(({ descriptor }) => descriptor.digest));
  const keys = keysOfSubjects(subjects, identity);
  const keyOf = (next: Descriptor): string | undefined => keys.get(attestationSubject(next) ?? '');
  const waiting = Map.groupBy(
    [...named.values()].filter(({ digest }) => !known.has(digest)),
    keyOf,
  );
  const placed = new Set<Digest>();

  const slots = current.map((entry) => {
    const { digest } = entry.descriptor;
    const key = gone.get(attestationSubject(entry.descriptor) ?? '');
    const next = named.get(digest) ?? (key === undefined ? undefined : waiting.get(key)?.shift());
    if (next === undefined) return key === undefined ? keptSlot(entry) : removedSlot(entry);
    if (placed.has(next.digest)) return removedSlot(entry);
    placed.add(next.digest);
    return filledSlot(entry, next);
  });
  const rest = [...named.values()].filter(({ digest }) => !placed.has(digest));
  return { slots, added: rest.map(addedSlot) };
}

// What no place names any more, with its identity; one digest may stand in two places.
function goneSubjects({ slots, added }: Placed, identity: Identity): ReadonlyMap<string, string> {
  const there = new Set(
    [...slots, ...added]
      .filter(({ outcome }) => outcome !== 'removed')
      .map(({ entry }) => entry.descriptor.digest),
  );
  const left = slots.flatMap(({ outcome, entry, previous }) =>
    outcome === 'removed' ? [entry.descriptor] : previous === undefined ? [] : [previous],
  );
  return new Map(
    left
      .filter(({ digest }) => !there.has(digest))
      .map((descriptor) => [descriptor.digest, identityKey(descriptor, identity)]),
  );
}

const keysOfSubjects = (
  { slots, added }: Placed,
  identity: Identity,
): ReadonlyMap<string, string> =>
  new Map(
    [...slots, ...added]
      .filter(({ ours }) => ours)
      .map(({ entry: { descriptor } }) => [descriptor.digest, identityKey(descriptor, identity)]),
  );
