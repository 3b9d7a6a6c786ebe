import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Document, describeBytes, encode, freshBytes } from './content.ts';
import { pushBlob } from './push.ts';
import type { Repository } from './repository.ts';

/** Pushes a blob, and describes it. */
export async function blobAs(
  repository: Repository,
  mediaType: string,
  bytes = freshBytes(512),
): Promise<Descriptor> {
  await pushBlob(repository, bytes);
  return describeBytes(repository, bytes, mediaType);
}

/** An image whose config and layer are pushed; `more` adds or replaces properties. */
export async function imageIn(repository: Repository, more: object = {}): Promise<Document> {
  const platform = { architecture: 'amd64', os: 'linux', rootfs: { type: 'layers', diff_ids: [] } };
  const config = encode({ ...platform, created_by: Buffer.from(freshBytes(8)).toString('hex') });
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    config: await blobAs(repository, mediaTypes.imageConfig, config),
    layers: [await blobAs(repository, mediaTypes.imageLayer)],
    ...more,
  };
}

/** An artifact of that type: the empty config, and the empty blob as its only layer (image-spec v1.1.1, manifest.md, "Guidelines for Artifact Usage"). */
export async function artifactIn(
  repository: Repository,
  artifactType: string,
  more: object = {},
): Promise<Document> {
  const empty = await blobAs(repository, mediaTypes.empty, encode('{}'));
  return {
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType,
    config: empty,
    layers: [empty],
    ...more,
  };
}

/** An image with a layer that is somewhere else and was never pushed. */
export function windowsImageIn(repository: Repository): Promise<Document> {
  const mediaType = 'application/vnd.oci.image.layer.nondistributable.v1.tar+gzip';
  const absent = describeBytes(repository, freshBytes(100), mediaType);
  return imageIn(repository, { layers: [{ ...absent, urls: ['https://layers.example/windows'] }] });
}
