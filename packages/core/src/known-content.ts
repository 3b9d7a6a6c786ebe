import type { FetchedManifest } from '@oci-matrix/distribution';
import { type Digest, type Manifest, parseManifest } from '@oci-matrix/oci';
import type { ImagePlan } from './image-plan.ts';

/**
 * What of a plan is in a repository for sure, since a manifest that is there points at it: its blobs and children, and
 * what the children that are in the plan too point at. Registries keep what a manifest points at.
 */
export function knownContent(
  { manifest }: FetchedManifest,
  { manifests }: ImagePlan,
): ReadonlySet<Digest> {
  const known = new Set(contentOf(manifest));
  // Children come before what points at them, so that this goes from the outside in.
  for (const { descriptor, bytes } of manifests.toReversed()) {
    if (!known.has(descriptor.digest)) continue;
    for (const digest of contentOf(parseManifest(bytes, descriptor.mediaType))) known.add(digest);
  }
  return known;
}

const contentOf = (manifest: Manifest): readonly Digest[] =>
  (manifest.kind === 'index'
    ? manifest.index.manifests
    : [manifest.image.config, ...manifest.image.layers]
  ).map(({ digest }) => digest);
