import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, type Digest, formatReference, parseManifest } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import { type ImageReader, invalidSource, type LoadedManifest } from './image-reader.ts';

/** Reads what is in a repository, each document once. A blob is not looked for: the manifest that names it vouches for it. */
export function repositoryReader(repository: Repository): ImageReader {
  const name = formatReference(repository.name);
  const loading = new Map<Digest, Promise<LoadedManifest | undefined>>();
  return {
    name,
    remote: true,
    load: async (descriptor) => {
      const { digest } = descriptor;
      const load = loading.get(digest) ?? findManifest(repository, descriptor);
      loading.set(digest, load);
      const found = await load;
      if (found === undefined) throw unknownManifest(name, digest);
      return { ...found, descriptor };
    },
    read: (descriptor, limit) => repository.blobs.fetchBytes(descriptor, limit),
    blob: async (descriptor) => ({
      descriptor,
      source: { open: () => repository.blobs.fetch(descriptor) },
    }),
  };
}

/** The manifest of a descriptor; undefined if the registry answers 404. */
export async function findManifest(
  { name, manifests }: Repository,
  descriptor: Descriptor,
): Promise<LoadedManifest | undefined> {
  const { digest, size, mediaType } = descriptor;
  const bytes = (await manifests.fetch(digest))?.bytes;
  if (bytes === undefined) return undefined;
  if (bytes.byteLength === size) {
    return { descriptor, bytes, manifest: parseManifest(bytes, mediaType) };
  }
  throw invalidSource(
    formatReference(name),
    `the manifest ${digest} has ${bytes.byteLength} bytes, its descriptor says ${size}`,
  );
}

export const unknownManifest = (where: string, reference: string): MatrixError =>
  new MatrixError('MANIFEST_UNKNOWN', `${where} has no manifest ${reference}`, {
    hint: 'Check the repository and the tag or digest: what is private may look absent without a login.',
  });
