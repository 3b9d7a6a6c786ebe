import type { Repository } from '@oci-matrix/distribution';
import {
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  emptyBytes,
  emptyDescriptor,
  mediaTypes,
} from '@oci-matrix/oci';
import { layersMetaText, type PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { pushBytes } from '../signing/push-bytes.ts';
import { layersMetaType } from './fit/find-layers-meta.ts';

export interface AttachLayersMetaOptions {
  readonly repository: Repository;
  /** The manifest of the image that was measured. */
  readonly subject: Descriptor;
  readonly document: PlatformLayersMeta;
  readonly signal?: AbortSignal | undefined;
}

export interface AttachedLayersMeta {
  /** The manifest that refers to the image. */
  readonly descriptor: Descriptor;
  readonly outcome: 'attached' | 'present';
}

/** Puts a document beside its image, as a referrer of the image's manifest. The same document is there once. */
export async function attachLayersMeta({
  repository,
  subject,
  document,
  signal,
}: AttachLayersMetaOptions): Promise<AttachedLayersMeta> {
  const bytes = new TextEncoder().encode(layersMetaText(document));
  const layer = descriptorOf(bytes, layersMetaType, {
    annotations: { 'org.opencontainers.image.title': 'layers_meta.json' },
  });
  const manifest = canonicalBytes(manifestOf(subject, layer));
  const descriptor = descriptorOf(manifest, mediaTypes.imageManifest);
  const listed = await repository.referrers.list(subject.digest, {
    artifactType: layersMetaType,
    signal,
  });
  if (listed.some(({ digest }) => digest === descriptor.digest)) {
    return { descriptor, outcome: 'present' };
  }
  await Promise.all([
    pushBytes(repository, emptyDescriptor, emptyBytes, signal),
    pushBytes(repository, layer, bytes, signal),
  ]);
  await repository.manifests.push(manifest, mediaTypes.imageManifest, { signal });
  return { descriptor, outcome: 'attached' };
}

// Without a time or a name of its maker: then the same document has the same digest whoever attaches it.
const manifestOf = ({ mediaType, digest, size }: Descriptor, layer: Descriptor) => ({
  schemaVersion: 2,
  mediaType: mediaTypes.imageManifest,
  artifactType: layersMetaType,
  config: emptyDescriptor,
  layers: [layer],
  subject: { mediaType, digest, size },
});
