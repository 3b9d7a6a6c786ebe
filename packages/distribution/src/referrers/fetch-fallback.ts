import { type Descriptor, type Digest, mediaTypes } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import { fetchManifest } from '../manifests/fetch-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fallbackTag } from './fallback-tag.ts';

/** An index of referrers, as it was read or written. */
export interface ShownIndex {
  readonly digest: Digest;
  readonly bytes: Uint8Array;
  readonly entries: readonly Descriptor[];
}

/** The index at the fallback tag; undefined if there is none. */
export async function fetchFallback(
  context: RepositoryContext,
  subject: Digest,
  options: CallOptions,
): Promise<ShownIndex | undefined> {
  const tag = fallbackTag(subject);
  const fetched = await fetchManifest(context, tag, options);
  if (fetched === undefined) return undefined;
  const { bytes, manifest } = fetched;
  const { digest } = fetched.descriptor;
  // GitLab takes such a tag for the digest that it spells: https://github.com/oras-project/oras-go/issues/1396
  if (digest === subject) return undefined;
  if (manifest.kind !== 'index' || manifest.mediaType !== mediaTypes.imageIndex) {
    throw new ProtocolError(
      `the referrers tag ${tag} holds ${manifest.mediaType}, not ${mediaTypes.imageIndex}`,
    );
  }
  return { digest, bytes, entries: manifest.index.manifests };
}
