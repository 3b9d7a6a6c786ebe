import { type Digest, type ImageIndex, mediaTypes } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import { fetchManifest } from '../manifests/fetch-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fallbackTag } from './fallback-tag.ts';

/** The index at the fallback tag, and its bytes; undefined if there is none. */
export async function fetchFallback(
  context: RepositoryContext,
  subject: Digest,
  options: CallOptions,
): Promise<{ readonly bytes: Uint8Array; readonly index: ImageIndex } | undefined> {
  const tag = fallbackTag(subject);
  const fetched = await fetchManifest(context, tag, options);
  // GitLab takes such a tag for the digest that it spells: https://github.com/oras-project/oras-go/issues/1396
  if (fetched === undefined || fetched.descriptor.digest === subject) return undefined;
  const { bytes, manifest } = fetched;
  if (manifest.kind !== 'index' || manifest.mediaType !== mediaTypes.imageIndex) {
    throw new ProtocolError(
      `the referrers tag ${tag} holds ${manifest.mediaType}, not ${mediaTypes.imageIndex}`,
    );
  }
  return { bytes, index: manifest.index };
}
