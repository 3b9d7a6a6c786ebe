import { type Descriptor, type Digest, mediaTypes } from '@oci-matrix/oci';
import { putManifest } from '../manifests/put-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { editEntries } from './edit-entries.ts';
import { fallbackTag } from './fallback-tag.ts';
import { fetchFallback } from './fetch-fallback.ts';

/** Takes the entry out of the fallback tag of a subject, and leaves everything else as it was; gives it back if it was there. */
export function takeFromFallback(
  context: RepositoryContext,
  subject: Digest,
  digest: Digest,
  { signal }: CallOptions,
): Promise<Descriptor | undefined> {
  const tag = fallbackTag(subject);
  return context.registry.lock(`${context.name.repository}:${tag}`, async () => {
    const current = await fetchFallback(context, subject, { signal });
    const entries = current?.index.manifests ?? [];
    const entry = entries.find((each) => each.digest === digest);
    if (current === undefined || entry === undefined) return undefined;
    const bytes = editEntries(current.bytes, (sources) =>
      sources.filter((_, at) => entries[at]?.digest !== digest),
    );
    await putManifest(context, bytes, mediaTypes.imageIndex, { tag, signal });
    return entry;
  });
}
