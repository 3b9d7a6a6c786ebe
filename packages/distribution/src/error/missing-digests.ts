import { type Digest, isDigest } from '@oci-matrix/oci';
import { RegistryError } from './registry-error.ts';

const codes = new Set(['MANIFEST_BLOB_UNKNOWN', 'BLOB_UNKNOWN']);

/**
 * The digests of the blobs that a registry misses in a manifest which it refused for that; undefined if it refused it for
 * anything else, and none if it does not name them. They are in `detail`, as the text or as a member of an object.
 */
export function missingDigests(error: unknown): readonly Digest[] | undefined {
  if (!(error instanceof RegistryError)) return undefined;
  const entries = error.errors.filter(({ code }) => codes.has(code));
  if (entries.length === 0) return undefined;
  return [...new Set(entries.flatMap(({ detail }) => digestsIn(detail)))];
}

const digestsIn = (detail: unknown): Digest[] =>
  textsIn(detail).flatMap((text) => (isDigest(text) ? [text] : []));

function textsIn(detail: unknown): string[] {
  const values = typeof detail === 'object' && detail !== null ? Object.values(detail) : [detail];
  return values.flatMap((value) => (typeof value === 'string' ? [value] : []));
}
