import type { Descriptor } from '@oci-matrix/oci';
import type { Annotation } from '../annotations.ts';
import { defaultIdentity, type Identity } from '../identity.ts';
import { indexBytes } from '../index-bytes.ts';
import { mergeEntries } from '../merge-index.ts';
import type { CurrentIndex } from '../read-current.ts';
import { entryFor } from '../test-kit/records.ts';
import { type Converged, convergeIndex } from './converge-index.ts';
import type { Merge, Merged } from './convergence.ts';
import { generationOf } from './generation.ts';
import type { Pace } from './pace.ts';
import type { TagStore } from './tag-store.ts';
import type { Scheduler } from './test-scheduler.ts';

/** What update-index does with an index and some entries. */
export const mergeFor =
  (annotations: readonly Annotation[] = [], identity: Identity = defaultIdentity): Merge<Merged> =>
  (current: CurrentIndex, entries: readonly Descriptor[]) => {
    const merged = mergeEntries(current.document.entries, entries, identity);
    const members = { annotations, artifactType: undefined, subject: undefined };
    const index = indexBytes(current, merged, members, 'merge');
    return { ...index, holds: merged.changes.every(({ outcome }) => outcome === 'kept') };
  };

/** The entry of a leg; another `text` is another content for the same entry. */
export const entryOfLeg = (leg: number, text = 'first'): Descriptor =>
  entryFor(`${leg} ${text}`, { artifactType: `application/vnd.example.leg${leg}` });

export interface WriterOptions {
  readonly run?: number;
  readonly tags?: readonly string[];
  readonly merge?: Merge<Merged>;
  readonly identity?: Identity;
  readonly pace?: Pace;
  readonly dryRun?: boolean;
}

/** One job that brings entries into the index of the tag 1.0. */
export const write = (
  store: TagStore,
  { clock }: Scheduler,
  entries: readonly Descriptor[],
  { run = 1, ...options }: WriterOptions = {},
): Promise<Converged<Merged>> => {
  const generation = generationOf({ id: run, attempt: 1 });
  return convergeIndex({
    ...{ store, clock, tags: ['1.0'], identity: defaultIdentity, merge: mergeFor() },
    entries: entries.map((descriptor) => ({ descriptor, generation })),
    ...options,
  });
};
