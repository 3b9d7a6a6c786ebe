import { type ImageIndex, type ImageManifest, parseManifest } from '@oci-matrix/oci';
import type { Registry } from '@oci-matrix/testing';

/** An index as it is in the registry. */
export interface PublishedIndex {
  readonly digest: string;
  readonly text: string;
  readonly index: ImageIndex;
}

/** The index that a tag names, or undefined where nothing has that tag. */
export function publishedAt(
  registry: Registry,
  repository: string,
  tag: string,
): PublishedIndex | undefined {
  const found = registry.manifest(repository, tag);
  if (found === undefined) return undefined;
  const manifest = parseManifest(found.bytes, found.mediaType);
  if (manifest.kind !== 'index') throw new Error(`${tag} names no index`);
  const text = new TextDecoder().decode(found.bytes);
  return { digest: found.digest, text, index: manifest.index };
}

/** The entries of the index that a tag names, as `app/architecture`, in their order. */
export const entriesAt = (registry: Registry, repository: string, tag: string): string[] =>
  publishedAt(registry, repository, tag)?.index.manifests.map(
    ({ annotations, platform }) => `${annotations?.app}/${platform?.architecture}`,
  ) ?? [];

/** The content of every disk image in the index that a tag names, in the order of its entries. */
export const disksAt = (registry: Registry, repository: string, tag: string): string[] =>
  publishedAt(registry, repository, tag)?.index.manifests.flatMap(({ digest }) =>
    manifestAt(registry, repository, digest).layers.map((layer) =>
      new TextDecoder().decode(registry.blob(repository, layer.digest)).trim(),
    ),
  ) ?? [];

/** The image manifest of that digest or tag. */
export function manifestAt(
  registry: Registry,
  repository: string,
  reference: string,
): ImageManifest {
  const found = registry.manifest(repository, reference);
  const manifest = found && parseManifest(found.bytes, found.mediaType);
  if (manifest?.kind === 'image') return manifest.image;
  throw new Error(`${reference} names no image manifest`);
}

/** The requests that write, since the last `clearRequests`. */
export const writesTo = (registry: Registry): string[] =>
  registry
    .requests()
    .filter(({ method }) => method !== 'GET' && method !== 'HEAD')
    .map(({ method, path }) => `${method} ${path}`);
