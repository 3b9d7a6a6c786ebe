import type { Descriptor, Manifest } from '@oci-matrix/oci';

/** The manifest that this one refers to. */
export const subjectOf = (manifest: Manifest): Descriptor | undefined =>
  (manifest.kind === 'index' ? manifest.index : manifest.image).subject ?? undefined;

/**
 * A manifest as its subject's referrers list it, with its annotations and its type:
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-referrers
 */
export function referrerOf(
  manifest: Manifest,
  { mediaType, digest, size }: Descriptor,
): Descriptor {
  const document = manifest.kind === 'index' ? manifest.index : manifest.image;
  const config = manifest.kind === 'image' ? manifest.image.config.mediaType : undefined;
  const artifactType = document.artifactType || config;
  const { annotations } = document;
  return {
    mediaType,
    digest,
    size,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(annotations == null ? {} : { annotations }),
  };
}
