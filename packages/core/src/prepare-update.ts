import type { Descriptor } from '@oci-matrix/oci';
import { entriesOfDigests } from './entries-of-digests.ts';
import { MatrixError } from './error.ts';
import { incomingEntries } from './incoming-entries.ts';
import type { PlanIndexOptions } from './plan-index.ts';
import { resolveSubject } from './resolve-subject.ts';
import { runAnnotations } from './run-guard.ts';
import { sharedAnnotations } from './shared-annotations.ts';
import type { UpdateIndexOptions } from './update-index.ts';

/** What an update brings, whatever the index is that it goes into. */
export interface PreparedUpdate {
  readonly incoming: readonly Descriptor[];
  readonly plan: PlanIndexOptions;
}

/** Gathers what an update brings. Throws `LEG_MISSING` where that is nothing, unless entries are only taken out. */
export async function prepareUpdate(options: UpdateIndexOptions): Promise<PreparedUpdate> {
  const { repository, sources = [], records, identity, mode, guard } = options;
  const { annotations = [], entries = [], remove = [], annotationsFromLegs = false } = options;
  const named = await entriesOfDigests(repository, entries);
  const incoming = incomingEntries(records, named, identity, annotations);
  if (mode !== 'remove' && incoming.length === 0) {
    throw new MatrixError(
      'LEG_MISSING',
      'the records name no manifest, so there is nothing to publish',
      { hint: 'Push in each leg with push-manifest; record-outputs alone pushes nothing.' },
    );
  }
  const shared = annotationsFromLegs ? await sharedAnnotations(repository, sources, incoming) : [];
  const subject = options.subject ? await resolveSubject(repository, options.subject) : undefined;
  const own = guard === undefined ? [] : runAnnotations(guard);
  return {
    incoming,
    plan: {
      ...{ mode, identity, remove, subject, records, artifactType: options.artifactType },
      annotations: [...shared, ...annotations, ...own],
    },
  };
}
