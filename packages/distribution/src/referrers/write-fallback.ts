import { type Digest, mediaTypes } from '@oci-matrix/oci';
import { putManifest } from '../manifests/put-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { editEntries } from './edit-entries.ts';
import { fallbackTag } from './fallback-tag.ts';
import { type Listing, missingFrom, postpone, replace } from './listing.ts';
import { mergeReferrers } from './merge-referrers.ts';

export interface WriteFallbackOptions extends CallOptions {
  /** The entry to leave out. */
  readonly without?: Digest;
}

/** Writes the newest index with all entries of our own; everything else is byte for byte as it was. The caller holds the lock. */
export async function writeFallback(
  context: RepositoryContext,
  subject: Digest,
  listing: Listing,
  { without, signal }: WriteFallbackOptions,
): Promise<void> {
  const { newest } = listing;
  const old = newest?.entries ?? [];
  const added = missingFrom(listing);
  const kept =
    newest &&
    editEntries(newest.bytes, (all) => all.filter((_, at) => old[at]?.digest !== without));
  const bytes = mergeReferrers(kept, added);
  const tag = fallbackTag(subject);
  const { descriptor } = await putManifest(context, bytes, mediaTypes.imageIndex, { tag, signal });
  const entries = [...old.filter(({ digest }) => digest !== without), ...added];
  replace(listing, { digest: descriptor.digest, bytes, entries });
  postpone(listing, context.registry.clock);
}
