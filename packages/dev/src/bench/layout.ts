import { link, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type Annotations,
  canonicalBytes,
  type Descriptor,
  type Digest,
  descriptorOf,
  digestOf,
  encodedOf,
  mediaTypes,
} from '@oci-matrix/oci';
import { contentOf } from './content.ts';

/** An OCI image layout on disk, with one image: https://github.com/opencontainers/image-spec/blob/v1.1.1/image-layout.md */
export interface Layout {
  readonly folder: string;
  /** The name that it has in the layout. */
  readonly tag: string;
  readonly layers: readonly Descriptor[];
}

/** A layer that is a file already. */
export interface LayerFile {
  readonly path: string;
  readonly descriptor: Descriptor;
}

/** Writes an image of fresh layers of equal size. */
export async function writeImage(
  folder: string,
  seed: string,
  { layers, size }: { readonly layers: number; readonly size: number },
): Promise<Layout> {
  const descriptors: Descriptor[] = [];
  for (let at = 0; at < layers; at += 1) {
    const bytes = contentOf(`${seed} ${at}`, size);
    const descriptor = descriptorOf(bytes, mediaTypes.imageLayerGzip);
    await writeBlob(folder, descriptor.digest, bytes);
    descriptors.push(descriptor);
  }
  return writeLayout(folder, descriptors);
}

/** Writes an image of one layer, which stays where it is. */
export async function writeImageOf(
  folder: string,
  { path, descriptor }: LayerFile,
): Promise<Layout> {
  const blob = blobPath(folder, descriptor.digest);
  await mkdir(dirname(blob), { recursive: true });
  await link(path, blob);
  return writeLayout(folder, [descriptor]);
}

/** Writes the same image with another manifest into its layout, in place of the one before. */
export const annotateImage = ({ folder, layers }: Layout, note: string): Promise<Layout> =>
  writeLayout(folder, layers, { note });

async function writeLayout(
  folder: string,
  layers: readonly Descriptor[],
  annotations?: Annotations,
): Promise<Layout> {
  const tag = 'latest';
  const config = canonicalBytes({
    architecture: 'amd64',
    os: 'linux',
    // Nobody unpacks them: that these are not the digests of what is inside does not show.
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  });
  const manifest = canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: descriptorOf(config, mediaTypes.imageConfig),
    layers,
    annotations,
  });
  const entry = descriptorOf(manifest, mediaTypes.imageManifest, {
    annotations: { 'org.opencontainers.image.ref.name': tag },
  });
  await writeBlob(folder, digestOf(config), config);
  await writeBlob(folder, entry.digest, manifest);
  await writeFile(join(folder, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [entry] };
  await writeFile(join(folder, 'index.json'), canonicalBytes(index));
  return { folder, tag, layers };
}

const blobPath = (folder: string, digest: Digest): string =>
  join(folder, 'blobs', 'sha256', encodedOf(digest));

async function writeBlob(folder: string, digest: Digest, bytes: Uint8Array): Promise<void> {
  const path = blobPath(folder, digest);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, bytes);
}
