import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { listingOf } from './listing.ts';
import { lookAtFallback } from './look-at-fallback.ts';

/** Adds the entry to the fallback tag of a subject, together with what others of this client add; true if it is there to stay. */
export async function addToFallback(
  context: RepositoryContext,
  subject: Digest,
  entry: Descriptor,
  { signal }: CallOptions,
): Promise<boolean> {
  const { own } = listingOf(context, subject);
  own.set(entry.digest, entry);
  try {
    return await lookAtFallback(context, subject, { verify: false, signal });
  } catch (error) {
    // What cannot be listed must not keep the others from being.
    if (!signal?.aborted) own.delete(entry.digest);
    throw error;
  }
}
