import type { ErrorEntry } from './error/registry-error.ts';
import type { Listing } from './referrers/listing.ts';

/** What a client has found out about one registry; undefined while it is not known. */
export interface Learned {
  /** Whether it takes a whole blob in the POST that would start an upload. */
  singlePost?: boolean;
  /** Settles when the first blob that is sent so has an answer. */
  probing?: Promise<unknown>;
  /** Whether a mount of a repository from itself tells if it has the blob: 201 if so, and a session if not. */
  selfMount?: boolean;
  /** Whether it moves the tags that the query of a manifest PUT names. */
  multiTag?: boolean;
  /** The smallest body that it refused as too large, in bytes: blobs of that size go in chunks. */
  bodyLimit?: number;
  /** Least bytes of a chunk that is not the last, as it says itself. */
  chunkMin?: number;
  /** How large a chunk may be, in bytes, where one was refused. */
  chunkSize?: number;
  /** Repositories that these credentials cannot mount from. */
  unmountable?: Set<string>;
  /** Whether uploads can be cancelled. */
  cancels?: boolean;
  /** Bytes of blobs that were sent without a question whether they are there. */
  unasked?: number;
  /** The fallback tags of subjects, by repository and tag. */
  listings?: Map<string, Listing>;
}

/**
 * Learns from the words for a manifest that is not there: distribution, and what is built on it, names both the repository
 * and the digest (https://github.com/distribution/distribution/blob/v3.1.1/errors.go, and as an object before version 3).
 * It looks for a blob in the very repository that a mount names, and takes no blob in one request.
 */
export function noteAbsence(learned: Learned, errors: readonly ErrorEntry[]): void {
  const isDistribution = errors.some(
    ({ code, detail }) =>
      code === 'MANIFEST_UNKNOWN' &&
      (typeof detail === 'string'
        ? detail.startsWith('unknown manifest name=')
        : typeof detail === 'object' && detail !== null && 'Name' in detail),
  );
  if (!isDistribution) return;
  learned.selfMount ??= true;
  learned.singlePost ??= false;
}
