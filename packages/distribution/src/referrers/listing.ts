import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { RepositoryContext } from '../repository-context.ts';
import type { Clock } from '../retry/clock.ts';
import { fallbackTag } from './fallback-tag.ts';
import type { ShownIndex } from './fetch-fallback.ts';

/** What a client knows of the fallback tag of one subject. */
export interface Listing {
  /** The entries that this client put there and has not taken away since. */
  readonly own: Map<Digest, Descriptor>;
  /** The newest index that it wrote or read; undefined where there is none. */
  newest: ShownIndex | undefined;
  /** What that index replaced: who shows this again is late. */
  readonly past: Set<Digest | 'absent'>;
  /** How many looks in a row were late although the pause was over. */
  late: number;
  /** In milliseconds since the epoch: a look before that proves nothing. */
  due: number;
  /** Whether a late answer was seen, or somebody else's write beside our own. */
  isUneasy: boolean;
  /** Ends when the tag shows every entry of our own for good. */
  watch: Promise<void> | undefined;
}

/** The listing of a subject, the same one for the whole life of the client. */
export function listingOf(context: RepositoryContext, subject: Digest): Listing {
  const { learned } = context.registry;
  learned.listings ??= new Map();
  const key = lockOf(context, subject);
  const known = learned.listings.get(key);
  if (known !== undefined) return known;
  const listing: Listing = {
    ...{ own: new Map(), newest: undefined, past: new Set() },
    ...{ late: 0, due: 0, isUneasy: false, watch: undefined },
  };
  learned.listings.set(key, listing);
  return listing;
}

/** What everybody holds who reads or writes a listing. */
export const lockOf = ({ name }: RepositoryContext, subject: Digest): string =>
  `${name.repository}:${fallbackTag(subject)}`;

// Another process may write over our entry with what it read before: we look again when it should be done. ghcr.io shows a
// tag as it was 5 s ago; who reads that late may write that late, and that is shown later still.
const pauses = { usual: 2000, uneasy: 15_000 };
const maxLate = 3;

/** Lets no look prove anything before others should be done. */
export function postpone(listing: Listing, clock: Clock): void {
  const pause = listing.isUneasy ? pauses.uneasy : pauses.usual;
  listing.due = clock.now() + pause * (1 + clock.random() / 2);
}

/** Takes in what the tag shows: from now on `newest` is what to edit. False if the tag shows something older than that. */
export function takeIn(listing: Listing, shown: ShownIndex | undefined, clock: Clock): boolean {
  const mark = markOf(shown);
  if (mark === markOf(listing.newest)) {
    listing.late = 0;
    return true;
  }
  // What goes on being shown is the truth: somebody put it back.
  if (listing.past.has(mark) && listing.late < maxLate) {
    if (clock.now() >= listing.due) listing.late += 1;
    listing.isUneasy = true;
    postpone(listing, clock);
    return false;
  }
  replace(listing, shown);
  // Where somebody writes while we do, a third may be about to.
  if (listing.watch !== undefined && !listing.isUneasy) {
    listing.isUneasy = true;
    postpone(listing, clock);
  }
  return true;
}

/** Makes this the newest index. */
export function replace(listing: Listing, index: ShownIndex | undefined): void {
  listing.past.add(markOf(listing.newest));
  listing.past.delete(markOf(index));
  listing.newest = index;
  listing.late = 0;
}

const markOf = (index: ShownIndex | undefined): Digest | 'absent' => index?.digest ?? 'absent';

/** Our entries that the newest index does not have. */
export function missingFrom({ own, newest }: Listing): Descriptor[] {
  const there = new Set(newest?.entries.map(({ digest }) => digest));
  return [...own.values()].filter(({ digest }) => !there.has(digest));
}
