import { type Descriptor, type Digest, parseDigest } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fetchFallback } from './fetch-fallback.ts';
import { fetchReferrers } from './fetch-referrers.ts';

export interface ListReferrersOptions extends CallOptions {
  readonly artifactType?: string;
}

/** What refers to the manifests of a repository. */
export interface Referrers {
  /** The manifests whose subject this is, of one type if given; by the API where there is one, else by the fallback tag. */
  list(digest: Digest, options?: ListReferrersOptions): Promise<readonly Descriptor[]>;
}

export const createReferrers = (context: RepositoryContext): Referrers => ({
  async list(digest, { artifactType, signal } = {}) {
    parseDigest(digest);
    const listed = await fetchReferrers(context, digest, { artifactType, signal });
    if (listed !== undefined) return listed;
    const fallback = await fetchFallback(context, digest, { signal });
    const entries = fallback?.entries ?? [];
    return artifactType === undefined
      ? entries
      : entries.filter((entry) => entry.artifactType === artifactType);
  },
});
