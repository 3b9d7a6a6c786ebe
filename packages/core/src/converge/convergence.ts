import type { Clock } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import type { Identity } from '../identity.ts';
import type { IndexBytes } from '../index-bytes.ts';
import type { CurrentIndex } from '../read-current.ts';
import type { Intent } from './intent.ts';
import type { TagStore } from './tag-store.ts';

/** The index with some entries in it. */
export interface Merged extends IndexBytes {
  /** True if all of the entries were in it as they are. */
  readonly holds: boolean;
}

/** Joins entries into an index: the same for the same, and it keeps what nobody replaces. Throws where they do not fit. */
export type Merge<M extends Merged> = (current: CurrentIndex, entries: readonly Descriptor[]) => M;

/** What one writer goes by. */
export interface Convergence<M extends Merged = Merged> {
  readonly store: TagStore;
  /** The first is the index; the rest follow it. */
  readonly tags: readonly string[];
  readonly intents: readonly Intent[];
  readonly identity: Identity;
  readonly merge: Merge<M>;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}
