import { type Descriptor, type Digest, mediaTypes } from '@oci-matrix/oci';
import { putManifest } from '../manifests/put-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fallbackTag } from './fallback-tag.ts';
import { fetchFallback } from './fetch-fallback.ts';
import { mergeReferrer } from './merge-referrer.ts';

/** Adds the entry to the fallback tag of a subject, among the writers of this process one at a time; false if it was there. */
export function addToFallback(
  context: RepositoryContext,
  subject: Digest,
  entry: Descriptor,
  { signal }: CallOptions,
): Promise<boolean> {
  const tag = fallbackTag(subject);
  return context.registry.lock(`${context.name.repository}:${tag}`, async () => {
    const current = await fetchFallback(context, subject, { signal });
    if (current?.index.manifests.some(({ digest }) => digest === entry.digest)) return false;
    const merged = mergeReferrer(current?.bytes, entry);
    await putManifest(context, merged, mediaTypes.imageIndex, { tag, signal });
    return true;
  });
}
