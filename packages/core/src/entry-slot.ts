import { canonicalText, type Descriptor } from '@oci-matrix/oci';
import { entryOf, type IndexEntry } from './index-document.ts';

export type EntryOutcome = 'added' | 'replaced' | 'kept' | 'removed';

/** One place of an index while entries are put into it. */
export interface Slot {
  readonly outcome: EntryOutcome;
  /** What stands there now; of a removed entry, what stood there. */
  readonly entry: IndexEntry;
  /** Of a replaced entry: what stood there before. */
  readonly previous?: Descriptor;
  /** True of what somebody named, false of what is only kept. */
  readonly ours: boolean;
}

export const keptSlot = (entry: IndexEntry): Slot => ({ outcome: 'kept', entry, ours: false });

export const removedSlot = (entry: IndexEntry): Slot => ({
  outcome: 'removed',
  entry,
  ours: false,
});

export const addedSlot = (descriptor: Descriptor): Slot => ({
  outcome: 'added',
  entry: entryOf(descriptor),
  ours: true,
});

/** An entry with `next` in its place. One that says the same keeps its bytes, whoever wrote them. */
export function filledSlot(entry: IndexEntry, next: Descriptor): Slot {
  if (canonicalText(entry.descriptor) === canonicalText(next)) {
    return { outcome: 'kept', entry, ours: true };
  }
  return { outcome: 'replaced', entry: entryOf(next), previous: entry.descriptor, ours: true };
}
