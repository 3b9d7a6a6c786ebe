import type { Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  formatPlatform,
  type Manifest,
  type Platform,
  platformMatches,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { ImagePlan } from './image-plan.ts';
import { agreedPlatform, maxConfigSize, platformOfConfig } from './image-platform.ts';
import { artifactTypeOf, refuseNotRunnable } from './runnable.ts';

/** The plan for a manifest that is in the repository already, by another tool: nothing to upload, everything verified. */
export async function planPushed(
  repository: Repository,
  digest: Digest,
  platform: Platform | undefined,
): Promise<ImagePlan> {
  const found = await repository.manifests.fetch(digest);
  if (found === undefined) throw unknownManifest(repository, digest);
  const { bytes, manifest } = found;
  const descriptor: Descriptor = {
    mediaType: manifest.mediaType,
    digest,
    size: bytes.byteLength,
  };
  const manifests = [{ descriptor, bytes }];
  if (manifest.kind === 'index') {
    const all = await Promise.all(
      manifest.index.manifests.map((entry) => planChild(repository, entry)),
    );
    const children = platform === undefined ? all : forPlatform(all, platform);
    return { blobs: [], present: [], manifests, root: descriptor, children };
  }
  const root = await describe(repository, manifest, descriptor, platform);
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

/** The descriptor of an image as an index entry has it, its platform read from its config. */
export async function describe(
  repository: Repository,
  manifest: Manifest & { readonly kind: 'image' },
  descriptor: Descriptor,
  given?: Platform,
): Promise<Descriptor> {
  refuseNotRunnable(manifest.image);
  const artifactType = artifactTypeOf(manifest.image);
  const fromConfig =
    artifactType === undefined
      ? platformOfConfig(await repository.blobs.fetchBytes(manifest.image.config, maxConfigSize))
      : undefined;
  const platform = agreedPlatform(given, fromConfig);
  return {
    ...descriptor,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(platform === undefined ? {} : { platform }),
  };
}

const unknownManifest = ({ name }: Repository, digest: Digest): MatrixError =>
  new MatrixError(
    'MANIFEST_UNKNOWN',
    `${name.registry}/${name.repository} has no manifest ${digest}`,
    { hint: 'Push it to this image first, and pass on the digest that the push printed.' },
  );
