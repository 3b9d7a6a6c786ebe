import type { Digest } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fetchFallback } from './fetch-fallback.ts';
import { listingOf, lockOf, missingFrom, takeIn } from './listing.ts';
import { writeFallback } from './write-fallback.ts';

export interface LookOptions extends CallOptions {
  /** Reads the tag even if all of our own was written. */
  readonly verify: boolean;
}

/**
 * Reads the fallback tag of a subject, and writes it where it lacks entries of our own. True if it shows all of them at a
 * time when nobody should write over them any more.
 */
export function lookAtFallback(
  context: RepositoryContext,
  subject: Digest,
  { verify, signal }: LookOptions,
): Promise<boolean> {
  const listing = listingOf(context, subject);
  const { lock, clock } = context.registry;
  return lock(lockOf(context, subject), async () => {
    if (!verify && missingFrom(listing).length === 0) return false;
    const shown = await fetchFallback(context, subject, { signal });
    const isNewest = takeIn(listing, shown, clock);
    if (missingFrom(listing).length === 0) return isNewest && clock.now() >= listing.due;
    await writeFallback(context, subject, listing, { signal });
    return false;
  });
}
