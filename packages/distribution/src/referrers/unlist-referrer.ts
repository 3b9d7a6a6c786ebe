import { type Digest, InvalidManifestError } from '@oci-matrix/oci';
import { fetchManifest } from '../manifests/fetch-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { addToFallback } from './add-to-fallback.ts';
import { fetchReferrers } from './fetch-referrers.ts';
import { subjectOf } from './referrer.ts';
import { takeFromFallback } from './take-from-fallback.ts';

/**
 * Takes a manifest that is about to be deleted off the list of its subject's referrers, where that is ours to keep:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#referrers-tag-schema
 * Resolves to a function that lists it again, for the manifest that stays after all.
 */
export async function unlistReferrer(
  context: RepositoryContext,
  digest: Digest,
  { signal }: CallOptions,
): Promise<() => Promise<void>> {
  const nothing = async (): Promise<void> => {};
  const subject = await subjectAt(context, digest, { signal });
  if (subject === undefined) return nothing;
  if ((await fetchReferrers(context, subject, { signal })) !== undefined) return nothing;
  const entry = await takeFromFallback(context, subject, digest, { signal });
  if (entry === undefined) return nothing;
  return async () => void (await addToFallback(context, subject, entry, { signal }));
}

async function subjectAt(
  context: RepositoryContext,
  digest: Digest,
  { signal }: CallOptions,
): Promise<Digest | undefined> {
  try {
    const fetched = await fetchManifest(context, digest, { signal });
    return fetched && subjectOf(fetched.manifest)?.digest;
  } catch (error) {
    // What cannot be read can be deleted.
    if (error instanceof InvalidManifestError) return undefined;
    throw error;
  }
}
