import { descriptorOf } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { type PlannedIndex, planIndex } from '../plan-index.ts';
import type { PreparedUpdate } from '../prepare-update.ts';
import type { UpdatedIndex, UpdateIndexOptions } from '../update-index.ts';
import { convergeIndex } from './converge-index.ts';
import type { Merge, Merged } from './convergence.ts';
import { generationOf, type PublishingRun } from './generation.ts';
import { signingStore } from './signing-store.ts';
import { storeOf } from './tag-store.ts';

interface MergedPlan extends Merged {
  readonly planned: PlannedIndex;
}

/** Updates an index that others update at the same time, so that nobody's entries are lost. */
export async function updateConcurrently(
  options: UpdateIndexOptions,
  { incoming, plan }: PreparedUpdate,
  run: PublishingRun,
): Promise<UpdatedIndex> {
  refuseUnfit(options);
  const merge: Merge<MergedPlan> = (current, entries) => {
    const planned = planIndex(current, entries, plan);
    const holds = planned.changes.every(({ outcome }) => outcome === 'kept');
    return { ...planned.index, holds, planned };
  };
  const generation = generationOf(run);
  const { store, finish } = signingStore(storeOf(options.repository, options.sources), options);
  const { before, index, merged, sinceBefore, superseded, intents, tags } = await convergeIndex({
    ...options,
    store,
    entries: incoming.map((descriptor) => ({ descriptor, generation })),
    merge,
  });
  const descriptor = descriptorOf(index.bytes, index.mediaType);
  if (options.dryRun !== true) await finish(descriptor.digest);
  return {
    ...{ descriptor, bytes: index.bytes, tags, superseded, intents, copies: [] },
    entries: merged.planned.entries.map((entry) => entry.descriptor),
    changes: sinceBefore.planned.changes,
    changed: before.digest !== descriptor.digest,
  };
}

function refuseUnfit({ mode, copies = [], guard }: UpdateIndexOptions): void {
  const reason =
    mode !== 'merge'
      ? `mode ${mode} takes away what others write at the same time`
      : copies.length > 0
        ? 'several images would not get one digest'
        : guard !== undefined
          ? 'of two runs the later one wins by itself, entry by entry, so guard has nothing to compare'
          : undefined;
  if (reason === undefined) return;
  throw new MatrixError('INPUT_INVALID', `concurrent does not go with this: ${reason}`, {
    hint: 'Leave out "concurrent", and give all jobs that write to this tag one concurrency group instead.',
  });
}
