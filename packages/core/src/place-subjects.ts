import type { Descriptor } from '@oci-matrix/oci';
import { addedSlot, filledSlot, keptSlot, removedSlot, type Slot } from './entry-slot.ts';
import { type Identity, identityKey } from './identity.ts';
import type { IndexEntry } from './index-document.ts';

export interface Placed {
  /** One for each current entry, in its order. */
  readonly slots: readonly Slot[];
  readonly added: readonly Slot[];
}

/** Puts images and artifacts into a list: each takes the place of the first entry with its identity, later ones leave. */
export function placeSubjects(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): Placed {
  const byKey = new Map(incoming.map((next) => [identityKey(next, identity), next]));
  const placed = new Set<string>();
  const slots = current.map((entry) => {
    const key = identityKey(entry.descriptor, identity);
    const next = byKey.get(key);
    if (next === undefined) return keptSlot(entry);
    if (placed.has(key)) return removedSlot(entry);
    placed.add(key);
    return filledSlot(entry, next);
  });
  const rest = [...byKey].filter(([key]) => !placed.has(key));
  return { slots, added: rest.map(([, next]) => addedSlot(next)) };
}
