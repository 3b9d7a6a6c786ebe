import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fetchFallback } from './fetch-fallback.ts';
import { listingOf, lockOf, takeIn } from './listing.ts';
import { writeFallback } from './write-fallback.ts';

/** Takes the entry out of the fallback tag of a subject, and leaves everything else as it was; gives it back if it was there. */
export function takeFromFallback(
  context: RepositoryContext,
  subject: Digest,
  digest: Digest,
  { signal }: CallOptions,
): Promise<Descriptor | undefined> {
  const listing = listingOf(context, subject);
  const { lock, clock } = context.registry;
  return lock(lockOf(context, subject), async () => {
    takeIn(listing, await fetchFallback(context, subject, { signal }), clock);
    const entry = listing.newest?.entries.find((each) => each.digest === digest);
    if (entry !== undefined) {
      await writeFallback(context, subject, listing, { without: digest, signal });
    }
    listing.own.delete(digest);
    return entry;
  });
}
