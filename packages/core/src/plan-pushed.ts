import type { FetchedManifest, Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  formatPlatform,
  type ImageIndex,
  isIndexType,
  type Platform,
  platformMatches,
} from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { ImagePlan } from './image-plan.ts';
import { pushedEntry } from './pushed-entry.ts';

/**
 * The plan for a manifest that is in the repository already, by another tool: nothing to upload, everything verified. An index
 * gives the images in it, also of indexes within.
 */
export async function planPushed(
  repository: Repository,
  digest: Digest,
  platform: Platform | undefined,
): Promise<ImagePlan> {
  const { descriptor, bytes, manifest } = await fetchKnown(repository, digest);
  const manifests = [{ descriptor, bytes }];
  if (manifest.kind === 'index') {
    const all = await entriesIn(repository, manifest.index, new Set([digest]));
    const children = platform === undefined ? all : forPlatform(all, platform);
    return { blobs: [], present: [], manifests, root: descriptor, children };
  }
  const root = await pushedEntry(repository, { image: manifest.image, descriptor }, platform);
  return { blobs: [], present: [], manifests, root };
}

// Whoever may push to the repository may nest indexes without end, or name one a thousand times: each is read once.
async function entriesIn(
  repository: Repository,
  { manifests }: ImageIndex,
  seen: Set<Digest>,
): Promise<Descriptor[]> {
  const entries = await pMap(
    manifests,
    async (entry) => {
      const isIndex = isIndexType(entry.mediaType);
      // An entry that names its platform needs no look at its config.
      const isKnown = entry.platform !== undefined || attestationSubject(entry) !== undefined;
      if (isKnown && !isIndex) return [entry];
      if (isIndex && seen.has(entry.digest)) return [];
      seen.add(entry.digest);
      const { descriptor, manifest } = await fetchKnown(repository, entry.digest);
      if (manifest.kind === 'index') return entriesIn(repository, manifest.index, seen);
      return [
        { ...entry, ...(await pushedEntry(repository, { image: manifest.image, descriptor })) },
      ];
    },
    { concurrency: 8 },
  );
  return entries.flat();
}

async function fetchKnown(repository: Repository, digest: Digest): Promise<FetchedManifest> {
  const found = await repository.manifests.fetch(digest);
  if (found === undefined) throw unknownManifest(repository, digest);
  return found;
}

// The image for the platform, and what speaks of it.
function forPlatform(children: readonly Descriptor[], wanted: Platform): Descriptor[] {
  const images = children.filter((entry) => attestationSubject(entry) === undefined);
  const fitting = images.filter(({ platform }) => platform && platformMatches(wanted, platform));
  const digests = new Set(fitting.map(({ digest }) => digest));
  if (digests.size > 0) {
    return children.filter((entry) => digests.has(attestationSubject(entry) ?? entry.digest));
  }
  const found = images.map(({ platform }) => (platform ? formatPlatform(platform) : 'none'));
  throw new MatrixError(
    'PLATFORM_MISMATCH',
    `the platform given is ${formatPlatform(wanted)}, but the index has images for ${found.join(', ') || 'nothing'}`,
    { hint: 'Give the digest that this leg built, or leave "platform" out: the index says it.' },
  );
}

const unknownManifest = ({ name }: Repository, digest: Digest): MatrixError =>
  new MatrixError(
    'MANIFEST_UNKNOWN',
    `${name.registry}/${name.repository} has no manifest ${digest}`,
    { hint: 'Push it to this image first, and pass on the digest that the push printed.' },
  );
