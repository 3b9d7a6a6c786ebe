import { type Digest, digestOf } from '@oci-matrix/oci';
import type { IndexBytes } from '../index-bytes.ts';
import type { MovedTag } from '../move-tags.ts';
import type { Convergence, Merged } from './convergence.ts';
import type { Look } from './look.ts';

export interface PlannedWrites {
  readonly index: IndexBytes;
  readonly moving: readonly MovedTag[];
}

/** What is to be written at which tags, so that all are what a look asks for; `written` is what we have put there before. */
export async function planWrites<M extends Merged>(
  { merged, current }: Look<M>,
  { store, tags }: Convergence<M>,
  written: ReadonlySet<Digest>,
): Promise<PlannedWrites> {
  const { bytes, mediaType, digest } = current;
  const isFirst = written.size === 0;
  // Annotations are written once: two writers that disagree on them would go on for ever.
  const stays = !isFirst && merged.holds && bytes !== undefined && mediaType !== undefined;
  const index = stays ? { bytes, mediaType } : merged;
  const planned = await store.plan(tags, digest, digestOf(index.bytes));
  const moving = planned.filter(({ moved }) => moved);
  if (!stays) return { index, moving };
  // A tag such as latest may be another release's by now. What is behind and ours is for us alone to mend.
  return { index, moving: moving.filter(({ previous }) => previous && written.has(previous)) };
}
