import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, type Digest, parseDigest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { planPushed } from './plan-pushed.ts';

/** Reads the lines of `entries`. */
export const parseEntryDigests = (lines: readonly string[]): Digest[] => lines.map(parseDigest);

/** The entries of manifests that are in a repository, each with what its config says; an index gives its own. */
export async function entriesOfDigests(
  repository: Repository,
  digests: readonly Digest[],
): Promise<Descriptor[]> {
  const plans = await pMap(digests, (digest) => planPushed(repository, digest, undefined), {
    concurrency: 8,
  });
  return plans.flatMap(({ root, children }) => children ?? [root]);
}
