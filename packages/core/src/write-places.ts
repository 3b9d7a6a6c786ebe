import type { Clock, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import { bringChildren } from './bring-children.ts';
import { confirmTag, freshFor } from './confirm-tag.ts';
import { isDenied } from './denied.ts';
import type { EachPlace } from './each-place.ts';
import type { IndexBytes } from './index-bytes.ts';
import type { IndexPlace } from './index-place.ts';
import { type MovedTag, moveTags } from './move-tags.ts';
import type { UpdateIndexOptions } from './update-index.ts';

/** An image with what has to move in it. */
export interface PlannedPlace extends IndexPlace {
  readonly planned: readonly MovedTag[];
}

export interface WritePlacesOptions {
  readonly places: readonly PlannedPlace[];
  /** Repositories that may have what an image lacks, beside the required ones among the places. */
  readonly sources: readonly Repository[];
  readonly index: IndexBytes;
  readonly digest: Digest;
  /** What an image must have before the index goes there. */
  readonly childrenFor: (place: PlannedPlace) => readonly Descriptor[];
  /** True of an index, by its entries, in which nothing of this one was lost. */
  readonly holds: (entries: readonly Descriptor[]) => boolean;
  readonly signIndex?: UpdateIndexOptions['signIndex'];
  /** When the images were read. */
  readonly readAt: number;
  readonly each: EachPlace;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/**
 * Writes an index to all images: children, the index by its digest, its signature, its tags; nothing of a step before every
 * image is through with the one before. Gives false if the first tag of an image has moved since it was read: then it is not
 * written over.
 */
export async function writePlaces(options: WritePlacesOptions): Promise<boolean> {
  const { index, digest, clock, each, signIndex } = options;
  const moving = options.places.filter(({ planned }) => planned.some(({ moved }) => moved));
  await each(moving, (place) => bringAll(place, options));
  // To one image alone it goes with its tags, unless it is signed before they name it.
  if (moving.length > 1 || signIndex !== undefined) {
    await each(moving, ({ repository: { manifests } }) =>
      manifests.push(index.bytes, index.mediaType),
    );
  }
  if (signIndex !== undefined) {
    await each(options.places, ({ repository }) => signIndex(repository, digest));
  }
  const isFresh = clock.now() - options.readAt <= freshFor;
  if (!isFresh && (await each(moving, (place) => hasMoved(place))).includes(true)) return false;
  return !(await each(moving, (place) => moveAndConfirm(place, options))).includes(false);
}

function bringAll(
  place: PlannedPlace,
  { places, sources, childrenFor, clock, signal }: WritePlacesOptions,
): Promise<void> {
  const others = places.filter((other) => other !== place && !other.optional);
  const from = [...others.map(({ repository }) => repository), ...sources];
  return bringChildren(place.repository, childrenFor(place), from, { clock, signal });
}

async function hasMoved(
  { repository, tags, current }: PlannedPlace,
  ...fine: readonly Digest[]
): Promise<boolean> {
  try {
    const named = (await repository.manifests.resolve(tags[0] ?? ''))?.digest;
    return named !== current.digest && !fine.some((digest) => digest === named);
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

/** False if somebody else wrote the first tag before a write of ours that failed could be repeated. */
async function moveAndConfirm(place: PlannedPlace, options: WritePlacesOptions): Promise<boolean> {
  const { repository, planned, current } = place;
  const { index, digest, holds, clock, signal } = options;
  const moving = planned.filter(({ moved }) => moved);
  const start = clock.now();
  let isLate = false;
  const beforeRepeat = async (): Promise<void> => {
    isLate = await hasMoved(place, digest);
    if (isLate) throw new Error('the tag has moved meanwhile');
  };
  try {
    await moveTags(repository, index, moving, { beforeRepeat });
  } catch (error) {
    if (isLate) return false;
    throw error;
  }
  const took = clock.now() - start;
  const [first] = planned;
  if (first === undefined || !first.moved) return true;
  const written = { repository, tag: first.tag, before: current.digest, written: digest };
  await confirmTag({ ...written, holds, took }, clock, signal);
  return true;
}
