import {
  canonicalBytes,
  type Descriptor,
  type Digest,
  descriptorOf,
  digestOf,
  encodedOf,
  isDigest,
  mediaTypes,
} from '@oci-matrix/oci';
import * as z from 'zod/mini';
import { type Archive, collect } from './archive.ts';
import { readArchivedLayer } from './docker-archive-layer.ts';
import type { MatrixError } from './error.ts';
import { agreedPlatform, maxConfigSize, platformOfConfig } from './image-platform.ts';

/** A file of an archive, or what we made of one, as a layout gives a blob. */
export interface ArchivedBlob {
  /** In bytes. */
  readonly size: number;
  open(): AsyncIterable<Uint8Array>;
}

/** One image of `manifest.json`: paths within the archive, and the references that it goes by. */
export interface DockerImageFiles {
  readonly config: string;
  readonly layers: readonly string[];
  readonly names: readonly string[];
}

/** An image with the manifest that it would have had in a registry. */
export interface DockerImage {
  readonly descriptor: Descriptor;
  readonly names: readonly string[];
  readonly blobs: ReadonlyMap<Digest, ArchivedBlob>;
}

// https://github.com/opencontainers/image-spec/blob/v1.1.1/config.md#properties
const configSchema = z.object({
  rootfs: z.object({
    diff_ids: z.nullable(
      z.array(z.custom<Digest>(isDigest, 'is not a digest')).check(z.maxLength(1000)),
    ),
  }),
});

/** Makes the manifest of an image. Layers are checked against the diffIDs of the config, and the config against its name. */
export async function readDockerImage(
  archive: Archive,
  { config: path, layers: paths, names }: DockerImageFiles,
  refuse: (reason: string) => MatrixError,
): Promise<DockerImage> {
  const bytes = await readConfig(archive, path, refuse);
  const diffIds = diffIdsOf(bytes, path, refuse);
  if (diffIds.length !== paths.length) {
    throw refuse(`${path} has ${diffIds.length} diffIDs for ${paths.length} layers`);
  }
  const config = descriptorOf(bytes, mediaTypes.imageConfig);
  const layers: Descriptor[] = [];
  const blobs = new Map<Digest, ArchivedBlob>([[config.digest, inMemory(bytes)]]);
  for (const [at, diffId] of diffIds.entries()) {
    const layer = await readArchivedLayer(archive, paths[at] ?? '', diffId, refuse);
    layers.push(layer.descriptor);
    blobs.set(layer.descriptor.digest, layer.blob);
  }
  const mediaType = mediaTypes.imageManifest;
  const manifest = canonicalBytes({ schemaVersion: 2, mediaType, config, layers });
  const platform = agreedPlatform(undefined, platformOfConfig(bytes));
  const more = platform === undefined ? {} : { platform };
  const descriptor = descriptorOf(manifest, mediaType, more);
  return { descriptor, names, blobs: blobs.set(descriptor.digest, inMemory(manifest)) };
}

async function readConfig(
  archive: Archive,
  path: string,
  refuse: (reason: string) => MatrixError,
): Promise<Uint8Array> {
  const size = archive.size(path);
  if (size === undefined) throw refuse(`the config ${path} is missing`);
  if (size > maxConfigSize) {
    throw refuse(`the config ${path} has ${size} bytes, at most ${maxConfigSize} go`);
  }
  const bytes = await collect(archive.open(path));
  const digest = digestOf(bytes);
  const [named] = /[0-9a-f]{64}/.exec(path) ?? [];
  if (named === undefined || named === encodedOf(digest)) return bytes;
  throw refuse(`the config ${path} has another digest, ${digest}`);
}

function diffIdsOf(
  bytes: Uint8Array,
  path: string,
  refuse: (reason: string) => MatrixError,
): readonly Digest[] {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    throw refuse(`the config ${path} is not JSON`);
  }
  const parsed = configSchema.safeParse(value);
  if (!parsed.success) throw refuse(`the config ${path} has no list of diffIDs`);
  return parsed.data.rootfs.diff_ids ?? [];
}

const inMemory = (bytes: Uint8Array): ArchivedBlob => ({
  size: bytes.byteLength,
  async *open() {
    yield bytes;
  },
});
