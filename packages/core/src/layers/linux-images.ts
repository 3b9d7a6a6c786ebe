import {
  type Descriptor,
  type Digest,
  formatPlatform,
  isManifestType,
  type Platform,
  platformKey,
  platformMatches,
} from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from '../attestation.ts';
import { artifactTypeOf } from '../runnable.ts';
import { type PlatformImage, readImageLayers } from './image-layers.ts';
import { type OpenImage, unmeasurable } from './image-to-measure.ts';

/** What is part of an image and no image for Linux. */
export interface SkippedManifest {
  readonly digest: Digest;
  readonly reason: string;
}

export interface LinuxImages {
  readonly images: readonly PlatformImage[];
  readonly skipped: readonly SkippedManifest[];
}

// Documents at a time, and indexes within indexes.
const concurrency = 8;
const maxDepth = 8;

/** The images for Linux below some manifests: one for each of the platforms, or all when none is named. */
export async function linuxImages(
  { reader, roots }: OpenImage,
  wanted: readonly Platform[] = [],
): Promise<LinuxImages> {
  const images = new Map<Digest, PlatformImage>();
  const skipped: SkippedManifest[] = [];
  const seen = new Set<Digest>();
  const skip = ({ digest }: Descriptor, reason: string): void => {
    skipped.push({ digest, reason });
  };
  const offered = new Set<string>();
  const isWanted = (platform: Platform | undefined): boolean => {
    if (platform === undefined) return true;
    offered.add(formatPlatform(platform));
    return wanted.length === 0 || wanted.some((one) => platformMatches(one, platform));
  };

  const visit = async (entry: Descriptor, depth: number): Promise<void> => {
    if (seen.has(entry.digest)) return;
    seen.add(entry.digest);
    const reason = reasonToSkip(entry);
    if (reason !== undefined) return skip(entry, reason);
    if (!isWanted(entry.platform)) return;
    if (depth > maxDepth) throw unmeasurable(reader.name, `indexes lie ${depth} deep in it`);
    const { manifest } = await reader.load(entry);
    if (manifest.kind === 'index') {
      await pMap(manifest.index.manifests, (child) => visit(child, depth + 1), { concurrency });
      return;
    }
    const type = artifactTypeOf(manifest.image);
    if (type !== undefined) return skip(entry, `an artifact of the type ${type}`);
    const image = await readImageLayers(reader, entry, manifest.image);
    if (image.platform.os !== 'linux') skip(entry, `for ${formatPlatform(image.platform)}`);
    else if (isWanted(image.platform)) images.set(entry.digest, image);
  };

  await pMap(roots, (root) => visit(root, 0), { concurrency });
  const sorted = [...images.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  refuseAmbiguous(reader.name, sorted);
  refuseAbsent(reader.name, sorted, wanted, [...offered].sort());
  skipped.sort((a, b) => (a.digest < b.digest ? -1 : 1));
  return { images: sorted, skipped };
}

function reasonToSkip(entry: Descriptor): string | undefined {
  const { mediaType, platform } = entry;
  if (attestationSubject(entry) !== undefined) return 'an attestation';
  if (!isManifestType(mediaType)) return `of the type ${mediaType}`;
  if (platform === undefined || platform.os === 'linux') return undefined;
  return platform.os === 'unknown' ? 'for no platform' : `for ${formatPlatform(platform)}`;
}

const keyOf = ({ platform }: PlatformImage): string => platformKey(platform);

function refuseAmbiguous(name: string, images: readonly PlatformImage[]): void {
  images.forEach((image, at) => {
    const before = images[at - 1];
    if (before === undefined || keyOf(before) !== keyOf(image)) return;
    throw unmeasurable(
      name,
      `it has two images for ${formatPlatform(image.platform)}, ${before.manifest.digest} and ${image.manifest.digest}`,
      'Name one of them, behind the path as oci:PATH:NAME or by its digest.',
    );
  });
}

function refuseAbsent(
  name: string,
  images: readonly PlatformImage[],
  wanted: readonly Platform[],
  offered: readonly string[],
): void {
  const absent = wanted.filter(
    (one) => !images.some(({ platform }) => platformMatches(one, platform)),
  );
  if (images.length > 0 && absent.length === 0) return;
  const what = absent.map(formatPlatform).join(', ') || 'Linux';
  const has = offered.length === 0 ? '' : `, only for ${offered.join(', ')}`;
  throw unmeasurable(name, `it has no image for ${what}${has}`);
}
