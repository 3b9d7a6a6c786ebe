import {
  type Descriptor,
  formatPlatform,
  type ImageIndex,
  isManifestType,
  type Platform,
  platformMatches,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { type ImageReader, invalidSource, type LoadedManifest } from './image-reader.ts';
import { namesOf } from './layout-names.ts';

/** What of a source is meant. */
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
  reader: ImageReader,
  index: ImageIndex,
  platform: Platform | undefined,
  outer?: LoadedManifest,
): Promise<SelectedImage> {
  const entries = index.manifests.filter(({ mediaType }) => isManifestType(mediaType));
  const images = entries.filter((entry) => attestationSubject(entry) === undefined);
  // A layout has an entry for every name that an image goes by.
  const distinct = [...new Map(images.map((entry) => [entry.digest, entry])).values()];
  const single = distinct.length === 1 && (outer === undefined || images.length === 1);
  const fitting = platform === undefined || single ? distinct : forPlatform(distinct, platform);
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
  throw invalidSource(
    reader.name,
    reasonFor(images, fitting.length, platform),
    'Name the image with "platform", or behind the path as oci:PATH:NAME.',
  );
}

const forPlatform = (images: readonly Descriptor[], wanted: Platform): Descriptor[] =>
  images.filter(({ platform }) => platform !== undefined && platformMatches(wanted, platform));

function reasonFor(
  images: readonly Descriptor[],
  fits: number,
  platform: Platform | undefined,
): string {
  const has = `it has ${images.length} images (${images.map(labelOf).join(', ') || 'none'})`;
  if (platform === undefined) return `${has}, and nothing says which one`;
  return `${has}, ${fits} of them for ${formatPlatform(platform)}`;
}

function labelOf(entry: Descriptor): string {
  const [name] = namesOf(entry);
  const platform = entry.platform ? formatPlatform(entry.platform) : 'no platform';
  return name === undefined ? platform : entry.platform ? `${name} ${platform}` : name;
}
