import { canonicalBytes, type Descriptor, descriptorOf, mediaTypes } from '@oci-matrix/oci';
import type { PlannedManifest } from '../image-plan.ts';
import type { MergedLayersMeta } from './layers-meta.ts';
import type { AppImage } from './restrict-layers-meta.ts';

/**
 * What the older form of an App lists in its `manifests`: for each architecture a document with the layers of all images, each once and
 * sorted by digest. It calls itself an index and has `layers`, which image-spec v1.1.1 does not allow.
 */
export const layersManifests = (
  document: MergedLayersMeta,
  images: readonly AppImage[],
): PlannedManifest[] =>
  // Its readers know of no variant: a name with one is there beside the plain one, or shares it with another variant.
  Object.keys(document)
    .filter((key) => !key.includes('/'))
    .sort()
    .map((architecture) => layersManifest(architecture, layersOf(images, architecture, document)));

function layersManifest(architecture: string, layers: readonly Descriptor[]): PlannedManifest {
  const platform = { architecture, os: '' };
  const mediaType = mediaTypes.imageIndex;
  const bytes = canonicalBytes({
    schemaVersion: 2,
    mediaType,
    platform,
    layers,
    annotations: { 'compose-app-layers': 'v1' },
  });
  return { descriptor: descriptorOf(bytes, mediaType, { platform }), bytes };
}

// The images have their layers by the full name: that of the only variant, where there is no other.
function layersOf(
  images: readonly AppImage[],
  architecture: string,
  document: MergedLayersMeta,
): Descriptor[] {
  const key =
    Object.keys(document).find((name) => name.startsWith(`${architecture}/`)) ?? architecture;
  const all = images.flatMap(({ layers }) => layers.get(architecture) ?? layers.get(key) ?? []);
  const distinct = new Map(
    all.map(({ mediaType, digest, size }) => [digest, { mediaType, digest, size }]),
  );
  return [...distinct.values()].sort((a, b) => (a.digest < b.digest ? -1 : 1));
}
