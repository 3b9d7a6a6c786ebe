import { canonicalText, type Descriptor, type Digest, descriptorOf } from '@oci-matrix/oci';
import { systemClock } from './converge/clock.ts';
import { createSteps, type Steps } from './each-place.ts';
import { MatrixError } from './error.ts';
import {
  type IndexCopy,
  type IndexPlace,
  type PublishedPlace,
  readPlace,
  refuseDiverged,
} from './index-place.ts';
import { planTags } from './move-tags.ts';
import { type PlannedIndex, planIndex } from './plan-index.ts';
import type { PreparedUpdate } from './prepare-update.ts';
import { refuseOutdated } from './run-guard.ts';
import type { UpdatedIndex, UpdateIndexOptions } from './update-index.ts';
import { type PlannedPlace, writePlaces } from './write-places.ts';

/** Reads, merges, and writes. Gives undefined, and has moved no tag, if somebody else wrote in between. */
export async function attemptUpdate(
  options: UpdateIndexOptions,
  { incoming, plan }: PreparedUpdate,
): Promise<UpdatedIndex | undefined> {
  const { clock = systemClock, signal = new AbortController().signal, copies = [] } = options;
  const steps = createSteps(signal);
  const { each } = steps;
  const readAt = clock.now();
  const { repository, tags, sources = [], signIndex } = options;
  const [base, others] = await Promise.all([
    readPlace({ repository, tags, optional: false }),
    each(copies, readPlace),
  ]);
  const { current } = base;
  refuseNothingToRemove(options, current.digest);
  const planned = planIndex(current, incoming, plan);
  const { index } = planned;
  const descriptor = descriptorOf(index.bytes, index.mediaType);
  const { digest } = descriptor;

  const places = await each([base, ...others], (place) =>
    planPlace(place, planned, digest, options),
  );
  if (options.dryRun !== true) {
    const holds = holdsAll(planned, incoming);
    const childrenFor = childrenOf(planned, incoming);
    const write = { places, sources, index, digest, childrenFor, holds, readAt, signIndex };
    if (!(await writePlaces({ ...write, each, clock, signal }))) return undefined;
  }
  return {
    ...{ descriptor, bytes: index.bytes, changed: current.digest !== digest },
    entries: planned.entries.map((entry) => entry.descriptor),
    changes: planned.changes,
    tags: places[0]?.planned ?? [],
    copies: copies.map((copy) => placeOf(copy, places, steps)),
  };
}

function refuseNothingToRemove(
  { repository: { name }, tags, mode }: UpdateIndexOptions,
  digest: Digest | undefined,
): void {
  if (mode !== 'remove' || digest !== undefined) return;
  throw new MatrixError(
    'MANIFEST_UNKNOWN',
    `${name.registry}/${name.repository} has no tag ${tags[0]}, so nothing can be removed from it`,
    { hint: 'Check the first of the tags: it names the index that is changed.' },
  );
}

async function planPlace(
  place: IndexPlace,
  planned: PlannedIndex,
  digest: Digest,
  { mode, identity, remove = [], guard }: UpdateIndexOptions,
): Promise<PlannedPlace> {
  const { repository, tags, current } = place;
  refuseDiverged(place, planned, { mode, identity, remove });
  const moves = await planTags(repository, tags, current.digest, digest);
  if (guard !== undefined) {
    await refuseOutdated(
      repository,
      moves.filter(({ moved }) => moved),
      guard,
    );
  }
  return { ...place, planned: moves };
}

/** What an image must have: what comes in, and in another than the first also what its own index does not vouch for. */
function childrenOf(
  { entries }: PlannedIndex,
  incoming: readonly Descriptor[],
): (place: PlannedPlace) => readonly Descriptor[] {
  const named = new Set(incoming.map(({ digest }) => digest));
  const kept = entries
    .map(({ descriptor }) => descriptor)
    .filter(({ digest }) => !named.has(digest));
  return ({ current }) => {
    const there = new Set(current.document.entries.map(({ descriptor }) => descriptor.digest));
    return [...incoming, ...kept.filter(({ digest }) => !there.has(digest))];
  };
}

/** True of an index in which what came in is as it was written, and what was taken out is not there. */
function holdsAll(
  { changes }: PlannedIndex,
  incoming: readonly Descriptor[],
): (entries: readonly Descriptor[]) => boolean {
  const removed = new Set(
    changes
      .filter(({ outcome }) => outcome === 'removed')
      .map(({ descriptor }) => canonicalText(descriptor)),
  );
  return (entries) => {
    const texts = new Set(entries.map((entry) => canonicalText(entry)));
    return (
      incoming.every((entry) => texts.has(canonicalText(entry))) && removed.isDisjointFrom(texts)
    );
  };
}

function placeOf(
  { repository, tags, optional }: IndexCopy,
  places: readonly PlannedPlace[],
  { failures }: Steps,
): PublishedPlace {
  const known = places.find((place) => place.repository === repository)?.planned;
  const planned = known ?? tags.map((tag) => ({ tag, moved: false }));
  const place = { image: repository.name, optional };
  if (!failures.has(repository)) return { ...place, tags: planned };
  const reason = failures.get(repository);
  return {
    ...place,
    tags: planned.map((tag) => ({ ...tag, moved: false })),
    failure: reason instanceof Error ? reason.message : String(reason),
  };
}
