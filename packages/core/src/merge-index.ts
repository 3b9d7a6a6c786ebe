import type { Descriptor } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { byPlace } from './entry-order.ts';
import type { EntryOutcome, Slot } from './entry-slot.ts';
import type { Identity } from './identity.ts';
import type { IndexEntry } from './index-document.ts';
import { placeAttestations } from './place-attestations.ts';
import { placeSubjects } from './place-subjects.ts';

/** What became of one entry. */
export interface EntryChange {
  readonly outcome: EntryOutcome;
  readonly descriptor: Descriptor;
  /** Of a replaced entry: what stood there before. */
  readonly previous?: Descriptor;
}

export interface MergedEntries {
  readonly entries: readonly IndexEntry[];
  readonly changes: readonly EntryChange[];
}

/**
 * Puts entries of ours into a list: what has the same identity is replaced in place, the rest is appended in sorted order,
 * what nobody names is kept byte for byte. Attestations go where their subject goes.
 */
export const mergeEntries = (
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): MergedEntries => merged(place(current, incoming, identity));

/** Exactly these entries, in sorted order; those that were there already keep their bytes. */
export function replaceEntries(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): MergedEntries {
  const slots = place(current, incoming, identity);
  const gone = slots.filter(({ ours }) => !ours);
  return merged([
    ...slots.filter(({ ours }) => ours).sort(inPlace(identity)),
    ...gone.map((slot) => ({ ...slot, outcome: 'removed' as const })),
  ]);
}

// One slot for each current entry, in its order; what is new stands behind.
function place(
  current: readonly IndexEntry[],
  incoming: readonly Descriptor[],
  identity: Identity,
): Slot[] {
  const speaks = (descriptor: Descriptor): boolean => attestationSubject(descriptor) !== undefined;
  const [subjectsNow, attestationsNow] = split(current, ({ descriptor }) => speaks(descriptor));
  const [newSubjects, newAttestations] = split(incoming, speaks);
  const subjects = placeSubjects(subjectsNow, newSubjects, identity);
  const attestations = placeAttestations(attestationsNow, newAttestations, subjects, identity);

  const [forSubjects, forAttestations] = [subjects.slots.values(), attestations.slots.values()];
  const slots = current.flatMap(({ descriptor }) => {
    const { value } = (speaks(descriptor) ? forAttestations : forSubjects).next();
    return value === undefined ? [] : [value];
  });
  return [...slots, ...[...subjects.added, ...attestations.added].sort(inPlace(identity))];
}

function split<T>(items: readonly T[], belongsSecond: (item: T) => boolean): [T[], T[]] {
  return [items.filter((item) => !belongsSecond(item)), items.filter(belongsSecond)];
}

const inPlace =
  (identity: Identity) =>
  (a: Slot, b: Slot): number =>
    byPlace(identity)(a.entry.descriptor, b.entry.descriptor);

function merged(slots: readonly Slot[]): MergedEntries {
  return {
    entries: slots.filter(({ outcome }) => outcome !== 'removed').map(({ entry }) => entry),
    changes: slots.map(({ outcome, entry: { descriptor }, previous }) => ({
      outcome,
      descriptor,
      ...(previous === undefined ? {} : { previous }),
    })),
  };
}
