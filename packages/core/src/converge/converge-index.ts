import type { Clock } from '@oci-matrix/distribution';
import { type Descriptor, type Digest, digestOf } from '@oci-matrix/oci';
import type { Identity } from '../identity.ts';
import type { IndexBytes } from '../index-bytes.ts';
import type { MovedTag } from '../move-tags.ts';
import type { CurrentIndex } from '../read-current.ts';
import { systemClock } from './clock.ts';
import type { Convergence, Merge, Merged } from './convergence.ts';
import { type DatedEntry, intentsOfEntries } from './intents-of-entries.ts';
import { look, wantedBy } from './look.ts';
import { defaultPace, type Pace } from './pace.ts';
import { publishIntents } from './publish-intents.ts';
import { type Settled, settle } from './settle.ts';
import { supersededIn } from './superseded.ts';
import type { TagStore } from './tag-store.ts';

export interface ConvergeOptions<M extends Merged> {
  readonly store: TagStore;
  /** At least one; the first is the index, all of them name the result. All writers of an index give it first. */
  readonly tags: readonly string[];
  readonly entries: readonly DatedEntry[];
  readonly identity: Identity;
  readonly merge: Merge<M>;
  readonly pace?: Pace | undefined;
  readonly clock?: Clock | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Writes nothing, and gives what would be written first. */
  readonly dryRun?: boolean | undefined;
}

export interface Converged<M extends Merged> {
  /** What the first tag named before we wrote anything. */
  readonly before: CurrentIndex;
  /** What the tags name now; in a dry run, what they would name first. */
  readonly index: IndexBytes;
  /** What is in it. */
  readonly merged: M;
  /** What everybody's entries make of what was there before. */
  readonly sinceBefore: M;
  /** Entries of ours that a newer run has replaced. */
  readonly superseded: readonly Descriptor[];
  /** The digests of everybody's intents. */
  readonly intents: readonly Digest[];
  readonly tags: readonly MovedTag[];
}

/**
 * Brings entries into the index at a tag that others write to at the same time, so that none is lost: publishes what is
 * wanted, lists what all want, merges, writes, and looks again until two looks some time apart find everything in place.
 * docs/converge.md has the proof, and what it needs of the registry. Throws `CONFLICT` where somebody keeps undoing it.
 */
export async function convergeIndex<M extends Merged>(
  options: ConvergeOptions<M>,
): Promise<Converged<M>> {
  const { store, tags, entries, identity, merge, clock = systemClock } = options;
  const { pace = defaultPace, signal = new AbortController().signal, dryRun = false } = options;
  const [tag = ''] = tags;
  const intents = intentsOfEntries(tag, entries, identity);
  const convergence: Convergence<M> = { store, tags, intents, identity, merge, clock, signal };
  const before = await store.current(tag);
  // What does not fit is refused before anything is written.
  const alone = merge(
    before,
    intents.flatMap((intent) => intent.entries),
  );
  const first = await store.plan(tags, before.digest, digestOf(alone.bytes));
  if (!dryRun) await publishIntents(convergence);

  const { seen, index } = dryRun ? await foresee(convergence) : await settle(convergence, pace);
  const digest = digestOf(index.bytes);
  return {
    ...{ before, index, merged: seen.merged },
    sinceBefore: merge(before, wantedBy(seen)),
    superseded: supersededIn(seen.intents, convergence),
    intents: seen.intents.flatMap(({ digest: intent }) => (intent === undefined ? [] : [intent])),
    tags: first.map((tag) => ({ ...tag, moved: tag.previous !== digest })),
  };
}

async function foresee<M extends Merged>(convergence: Convergence<M>): Promise<Settled<M>> {
  const seen = await look(convergence);
  return { seen, index: seen.merged };
}
