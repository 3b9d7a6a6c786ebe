import {
  type Descriptor,
  type Digest,
  digestOf,
  isDigest,
  type Manifest,
  maxManifestSize,
  parseManifest,
} from '@oci-matrix/oci';
import { checkBytes, digestHeader } from '../check-digest.ts';
import { noteAbsence } from '../learned.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { contentType } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { parseErrors } from '../transport/refusal.ts';
import { acceptManifests } from './accept.ts';

/** A manifest as it was fetched: its bytes, and what they say. */
export interface FetchedManifest {
  readonly descriptor: Descriptor;
  readonly bytes: Uint8Array;
  readonly manifest: Manifest;
}

/** The bytes of a manifest, which have their digest; nobody looked into them. */
export interface FetchedBytes {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
  /** As the registry says it; undefined where it does not. */
  readonly mediaType: string | undefined;
}

/** What a 404 says when it comes with words: that this is absent, or that all of the repository is. */
export type Absence = 'absent' | 'no-repository';

/**
 * Fetches a manifest; undefined if the registry answers 404. Its digest is computed, and compared with the one that was
 * asked for and with the one that the registry says. Throws `ContentError` and `InvalidManifestError`.
 */
export async function fetchManifest(
  context: RepositoryContext,
  tagOrDigest: string,
  options: CallOptions = {},
): Promise<FetchedManifest | undefined> {
  const found = await findManifest(context, tagOrDigest, options);
  return typeof found === 'string' ? undefined : found;
}

/**
 * Fetches the bytes of a manifest, for documents that no specification knows; undefined if the registry answers 404. They are bounded, and
 * their digest is checked as by `fetchManifest`; everything else is the caller's to check. Throws `ContentError`.
 */
export async function fetchManifestBytes(
  context: RepositoryContext,
  tagOrDigest: string,
  options: CallOptions = {},
): Promise<FetchedBytes | undefined> {
  const found = await findBytes(context, tagOrDigest, options);
  return typeof found === 'string' ? undefined : found;
}

/** Like `fetchManifest`, and tells which kind of absence a 404 means. */
export async function findManifest(
  context: RepositoryContext,
  tagOrDigest: string,
  options: CallOptions = {},
): Promise<FetchedManifest | Absence> {
  const found = await findBytes(context, tagOrDigest, options);
  if (typeof found === 'string') return found;
  const { bytes, digest } = found;
  const manifest = parseManifest(bytes, found.mediaType);
  const { mediaType } = manifest;
  return { descriptor: { mediaType, digest, size: bytes.byteLength }, bytes, manifest };
}

async function findBytes(
  { registry, routes, scopes }: RepositoryContext,
  tagOrDigest: string,
  { signal }: CallOptions,
): Promise<FetchedBytes | Absence> {
  const url = routes.manifest(tagOrDigest);
  const request = {
    ...({ kind: 'manifest-fetch', method: 'GET', url, signal, scopes: scopes.pull } as const),
    // A cache on the way must not answer for a tag.
    headers: { accept: acceptManifests, 'cache-control': 'no-cache' },
    expect: [200, 404],
  };
  const answer = await registry.call(request, maxManifestSize);
  if (answer.status === 404) {
    const errors = parseErrors(answer.bytes);
    noteAbsence(registry.learned, errors);
    return errors.some(({ code }) => code === 'NAME_UNKNOWN') ? 'no-repository' : 'absent';
  }

  const { bytes } = answer;
  const what = `the manifest at ${redactUrl(url)}`;
  const said = digestHeader(answer);
  if (isDigest(tagOrDigest)) checkBytes(bytes, tagOrDigest, what);
  if (said !== undefined) checkBytes(bytes, said, what);
  const digest = isDigest(tagOrDigest) ? tagOrDigest : (said ?? digestOf(bytes));
  return { bytes, digest, mediaType: contentType(answer.headers) };
}
