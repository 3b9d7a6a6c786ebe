import type { Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  formatPlatform,
  type Platform,
  platformMatches,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { ImagePlan } from './image-plan.ts';
import { pushedEntry } from './pushed-entry.ts';

/** The plan for a manifest that is in the repository already, by another tool: nothing to upload, everything verified. */
export async function planPushed(
  repository: Repository,
  digest: Digest,
  platform: Platform | undefined,
): Promise<ImagePlan> {
  const found = await repository.manifests.fetch(digest);
  if (found === undefined) throw unknownManifest(repository, digest);
  const { descriptor, bytes, manifest } = found;
  const manifests = [{ descriptor, bytes }];
  if (manifest.kind === 'index') {
    const all = await Promise.all(
      manifest.index.manifests.map((entry) => planChild(repository, entry)),
    );
    const children = platform === undefined ? all : forPlatform(all, platform);
    return { blobs: [], present: [], manifests, root: descriptor, children };
  }
  const root = await pushedEntry(repository, { image: manifest.image, descriptor }, platform);
  return { blobs: [], present: [], manifests, root };
}

// An entry that names its platform needs no look at its config.
async function planChild(repository: Repository, entry: Descriptor): Promise<Descriptor> {
  if (entry.platform !== undefined || attestationSubject(entry) !== undefined) return entry;
  return { ...entry, ...(await planPushed(repository, entry.digest, undefined)).root };
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
