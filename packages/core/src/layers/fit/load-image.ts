import type { FetchedManifest, Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  formatPlatform,
  formatReference,
  type ImageIndex,
  type ImageManifest,
  isDigest,
  isImageConfigType,
  isManifestType,
  type Platform,
  parsePlatform,
  selectByPlatform,
} from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { attestationSubject } from '../../attestation.ts';
import { MatrixError } from '../../error.ts';
import { maxConfigSize, platformOfConfig } from '../../image-platform.ts';
import { jsonOf } from '../../json-of.ts';
import { unknownManifest } from '../../repository-reader.ts';
import type { App } from './app.ts';
import { findLayersMeta } from './find-layers-meta.ts';

export interface LoadImageOptions {
  readonly repository: Repository;
  /** For messages. */
  readonly name: string;
  /** The manifest, or the index of several platforms. */
  readonly root: FetchedManifest;
  readonly architecture: string;
}

/** Indexes in indexes that are followed. */
const maxDepth = 4;

/** Reads what a registry has of an image for one architecture of Linux, with its metadata where something refers to it. */
export async function loadImage(options: LoadImageOptions): Promise<App> {
  const { repository, name, architecture } = options;
  const wanted = parsePlatform(`linux/${architecture}`);
  const path = await follow(options, wanted, [options.root]);
  const { image, descriptor } = path.leaf;
  const diffIds = await diffIdsOf(repository, image, name, wanted);
  const subjects = [...path.indexes, descriptor].map(({ digest }) => digest);
  const digests = image.layers.map(({ digest }) => digest);
  const meta = await findLayersMeta({ repository, name, subjects, digests, architecture });
  return {
    ...{ name, diffIds, layers: image.layers },
    documents: [...path.indexes, descriptor, image.config],
    ...meta,
  };
}

interface Path {
  readonly indexes: readonly Descriptor[];
  readonly leaf: { readonly image: ImageManifest; readonly descriptor: Descriptor };
}

async function follow(
  options: LoadImageOptions,
  wanted: Platform,
  chain: readonly FetchedManifest[],
): Promise<Path> {
  const { repository, name } = options;
  const last = chain.at(-1) ?? options.root;
  const { manifest, descriptor } = last;
  if (manifest.kind === 'image') {
    const indexes = chain.slice(0, -1).map((one) => one.descriptor);
    return { indexes, leaf: { image: manifest.image, descriptor } };
  }
  if (chain.length > maxDepth) {
    throw new MatrixError('INPUT_INVALID', `${name} is an index in more than ${maxDepth} others`);
  }
  const { digest } = entryFor(manifest.index, wanted, name);
  const child = await repository.manifests.fetch(digest);
  if (child === undefined) throw unknownManifest(formatReference(repository.name), digest);
  return follow(options, wanted, [...chain, child]);
}

function entryFor({ manifests }: ImageIndex, wanted: Platform, name: string): Descriptor {
  const images = manifests.filter(
    (entry) => isManifestType(entry.mediaType) && attestationSubject(entry) === undefined,
  );
  const found = selectByPlatform(images, wanted);
  if (found !== undefined) return found;
  const has = images.map(({ platform }) => (platform ? formatPlatform(platform) : 'no platform'));
  throw new MatrixError(
    'INPUT_INVALID',
    `${name} has no image for ${formatPlatform(wanted)}: it has ${has.join(', ') || 'none'}`,
    { hint: 'Set "architecture" to one of these.' },
  );
}

const configSchema = z.object({ rootfs: z.object({ diff_ids: z.array(z.unknown()) }) });

// A config that says nothing of layers only leaves it open whether they are unpacked already.
async function diffIdsOf(
  { blobs }: Repository,
  { config, layers }: ImageManifest,
  name: string,
  wanted: Platform,
): Promise<ReadonlyMap<Digest, Digest>> {
  const none = new Map<Digest, Digest>();
  if (!isImageConfigType(config.mediaType) || config.size === 0) return none;
  const bytes = await blobs.fetchBytes(config, maxConfigSize);
  refuseOtherMachine(platformOfConfig(bytes), wanted, name);
  const parsed = configSchema.safeParse(jsonOf(bytes));
  if (!parsed.success || parsed.data.rootfs.diff_ids.length !== layers.length) return none;
  parsed.data.rootfs.diff_ids.forEach((diffId, at) => {
    const layer = layers[at];
    if (layer !== undefined && isDigest(diffId)) none.set(layer.digest, diffId);
  });
  return none;
}

function refuseOtherMachine(of: Platform | undefined, wanted: Platform, name: string): void {
  if (of === undefined || selectByPlatform([{ platform: of }], wanted) !== undefined) return;
  throw new MatrixError(
    'PLATFORM_MISMATCH',
    `${name} is for ${formatPlatform(of)}, and the device is ${formatPlatform(wanted)}`,
    { hint: 'Set "architecture" to that of the image, or name the image of the device.' },
  );
}
