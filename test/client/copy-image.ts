import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, isManifestType } from '@oci-matrix/oci';

/** Copies a manifest with all that it names, its children first, from wherever it is; blobs of the same registry by mount. */
export async function copyImage(
  from: Repository,
  to: Repository,
  reference: string,
  tags: readonly string[] = [],
): Promise<Descriptor> {
  const found = await from.manifests.fetch(reference);
  if (found === undefined) throw new Error(`${from.name.repository} has no ${reference}`);
  const { manifest, bytes, descriptor } = found;
  const content =
    manifest.kind === 'index'
      ? manifest.index.manifests
      : [manifest.image.config, ...manifest.image.layers];
  for (const part of content) {
    if (isManifestType(part.mediaType)) await copyImage(from, to, part.digest);
    else await copyBlob(from, to, part);
  }
  return to.manifests.push(bytes, descriptor.mediaType, { tags });
}

/** Copies a blob, in no more memory than a chunk of it takes. */
export function copyBlob(
  from: Repository,
  to: Repository,
  descriptor: Descriptor,
): Promise<'uploaded' | 'mounted'> {
  const isNear = from.name.registry === to.name.registry;
  const source = { open: () => from.blobs.fetch(descriptor) };
  return to.blobs.push(descriptor, source, isNear ? { mountFrom: [from.name.repository] } : {});
}
