import { randomBytes } from 'node:crypto';
import type { Blob, ImagePlan } from '@oci-matrix/core';
import type { Repository } from '@oci-matrix/distribution';
import {
  type Algorithm,
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  digestOf,
  type ImageManifest,
  mediaTypes,
  type Platform,
} from '@oci-matrix/oci';

/** A blob of these bytes; by a digest of another algorithm where one is given. */
export const blobOf = (
  bytes: Uint8Array,
  mediaType: string = mediaTypes.octetStream,
  algorithm: Algorithm = 'sha256',
): Blob => ({
  descriptor: { ...descriptorOf(bytes, mediaType), digest: digestOf(bytes, algorithm) },
  source: {
    async *open() {
      yield* chunksOf(bytes);
    },
  },
});

const chunkSize = 256 * 1024;

function* chunksOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.byteLength; at += chunkSize) yield bytes.subarray(at, at + chunkSize);
}

/** A blob of so many bytes that no registry has seen. */
export const newBlob = (size = 1000, mediaType?: string): Blob =>
  blobOf(randomBytes(size), mediaType);

export const amd64: Platform = { os: 'linux', architecture: 'amd64' };
export const arm64: Platform = { os: 'linux', architecture: 'arm64' };

export interface NewImageOptions {
  readonly platform?: Platform;
  /** More fields of the manifest. */
  readonly more?: Partial<ImageManifest>;
}

/** A container image that no registry has seen, of the media types that every registry takes; its layer is no archive. */
export function newImage({ platform = amd64, more = {} }: NewImageOptions = {}): ImagePlan {
  const layer = newBlob(2000, mediaTypes.imageLayerGzip);
  const config = blobOf(
    canonicalBytes({
      ...platform,
      rootfs: { type: 'layers', diff_ids: [layer.descriptor.digest] },
    }),
    mediaTypes.imageConfig,
  );
  const image: ImageManifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: config.descriptor,
    layers: [layer.descriptor],
    ...more,
  };
  return planOf([layer, config], image, { platform });
}

/** An image index of these manifests, which are pushed with it. */
export function indexOf(plans: readonly ImagePlan[]): ImagePlan {
  const children = plans.map(({ root }) => root);
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: children };
  const own = planOf([], index, {});
  return {
    ...own,
    blobs: plans.flatMap(({ blobs }) => blobs),
    manifests: [...plans.flatMap(({ manifests }) => manifests), ...own.manifests],
    children,
  };
}

function planOf(
  blobs: readonly Blob[],
  document: { readonly mediaType?: string | undefined },
  more: Partial<Descriptor>,
): ImagePlan {
  const bytes = canonicalBytes(document);
  const { mediaType = mediaTypes.imageManifest } = document;
  const root = descriptorOf(bytes, mediaType, more);
  return { blobs, present: [], manifests: [{ descriptor: root, bytes }], root };
}

/** The bytes of a plan's root. */
export const rootBytes = ({ manifests }: ImagePlan): Uint8Array =>
  manifests.at(-1)?.bytes ?? new Uint8Array();

/** Sends all of a plan's blobs. */
export async function sendBlobs(repository: Repository, { blobs }: ImagePlan): Promise<void> {
  for (const { descriptor, source } of blobs) await repository.blobs.push(descriptor, source);
}

/** Sends a plan with the client's verbs alone, and asks for nothing before. */
export async function send(
  repository: Repository,
  plan: ImagePlan,
  tags: readonly string[] = [],
): Promise<Descriptor> {
  await sendBlobs(repository, plan);
  for (const { bytes, descriptor } of plan.manifests.slice(0, -1)) {
    await repository.manifests.push(bytes, descriptor.mediaType);
  }
  return repository.manifests.push(rootBytes(plan), plan.root.mediaType, { tags });
}

/** All bytes of a blob. */
export const read = async (repository: Repository, descriptor: Descriptor): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(repository.blobs.fetch(descriptor)));

/** All bytes of a source. */
export const bytesOf = async ({ source }: Blob): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source.open()));
