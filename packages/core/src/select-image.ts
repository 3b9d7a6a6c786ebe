import {
  type Descriptor,
  formatPlatform,
  type ImageIndex,
  isManifestType,
  type Platform,
  platformMatches,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { invalidLayout, type LayoutReader, type LoadedManifest } from './layout-reader.ts';

/** What of a layout is meant. */
export interface SelectedImage {
  readonly root: LoadedManifest;
  /** The entries beside it that speak of it. */
  readonly attestations: readonly Descriptor[];
}

/**
 * The image for a platform, or all of it when none is given: an index of several images is taken whole, one that only
 * wraps a single document is followed, as builders nest them.
 */
export async function selectImage(
  reader: LayoutReader,
  index: ImageIndex,
  platform: Platform | undefined,
  outer?: LoadedManifest,
): Promise<SelectedImage> {
  const entries = index.manifests.filter(({ mediaType }) => isManifestType(mediaType));
  const images = entries.filter((entry) => attestationSubject(entry) === undefined);
  const fitting =
    platform === undefined || images.length === 1 ? images : forPlatform(images, platform);
  const [only, ...others] = fitting;
  if (only !== undefined && others.length === 0) {
    const root = await reader.load(only);
    if (root.manifest.kind === 'index') {
      return selectImage(reader, root.manifest.index, platform, root);
    }
    return {
      root,
      attestations: entries.filter((entry) => attestationSubject(entry) === only.digest),
    };
  }
  if (only !== undefined && platform === undefined && outer !== undefined) {
    return { root: outer, attestations: [] };
  }
  throw invalidLayout(reasonFor(images, fitting.length, platform));
}

const forPlatform = (images: readonly Descriptor[], wanted: Platform): Descriptor[] =>
  images.filter(({ platform }) => platform !== undefined && platformMatches(wanted, platform));

function reasonFor(
  images: readonly Descriptor[],
  fits: number,
  platform: Platform | undefined,
): string {
  const platforms = images.map((entry) =>
    entry.platform ? formatPlatform(entry.platform) : 'no platform',
  );
  const has = `it has ${images.length} images (${platforms.join(', ') || 'none'})`;
  if (platform === undefined) return `${has}, and nothing says which one`;
  return `${has}, ${fits} of them for ${formatPlatform(platform)}`;
}
