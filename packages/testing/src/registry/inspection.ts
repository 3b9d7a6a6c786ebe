import {
  canonicalBytes,
  type Descriptor,
  type Digest,
  digestOf,
  isDigest,
  mediaTypes,
} from '@oci-matrix/oci';
import { currentDigest, removeManifest } from './manifests.ts';
import type { Registry } from './registry.ts';
import { storedManifest } from './repository.ts';
import type { State } from './state.ts';

type Inspection = Pick<
  Registry,
  | 'seedBlob'
  | 'seedManifest'
  | 'deleteManifest'
  | 'deleteBlob'
  | 'repositories'
  | 'blobs'
  | 'tags'
  | 'manifests'
  | 'blob'
  | 'manifest'
>;

/** The methods that put things into a registry and look at them without a request. */
export const createInspection = ({ storage }: State): Inspection => ({
  seedBlob(repository, content) {
    const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
    const digest = digestOf(bytes);
    storage.contents.write(digest, bytes);
    storage.open(repository).blobs.set(digest, bytes.byteLength);
    return { mediaType: mediaTypes.octetStream, digest, size: bytes.byteLength };
  },
  seedManifest(repository, document, { tag, mediaType = typeOf(document) } = {}) {
    const manifest = storedManifest(bytesOf(document), mediaType);
    const { manifests, tags } = storage.open(repository);
    manifests.set(manifest.digest, manifest);
    if (tag !== undefined) tags.set(tag, manifest.digest, true);
    return describe(manifest);
  },
  deleteManifest(repository, reference) {
    const found = storage.find(repository);
    return found !== undefined && removeManifest(found, reference);
  },
  deleteBlob(repository, digest) {
    const found = storage.find(repository);
    return found !== undefined && storage.removeBlob(found, digest);
  },
  repositories: () =>
    storage
      .repositories()
      .map(({ name }) => name)
      .sort(),
  blobs: (repository) => (storage.find(repository)?.blobs.keys() ?? []).filter(isDigest),
  tags: (repository) => storage.find(repository)?.tags.list() ?? [],
  manifests: (repository) => (storage.find(repository)?.manifests.keys() ?? []).filter(isDigest),
  blob(repository, digest) {
    const isThere = storage.find(repository)?.blobs.has(digest) ?? false;
    return isThere ? storage.contents.blob(digest) : undefined;
  },
  manifest(repository, reference) {
    const found = storage.find(repository);
    const digest = found && currentDigest(found, reference);
    const manifest = digest && found.manifests.get(digest);
    return manifest && { bytes: manifest.bytes, mediaType: manifest.mediaType, digest };
  },
});

const describe = (manifest: {
  bytes: Uint8Array;
  mediaType: string;
  digest: Digest;
}): Descriptor => ({
  mediaType: manifest.mediaType,
  digest: manifest.digest,
  size: manifest.bytes.byteLength,
});

function bytesOf(document: object | Uint8Array | string): Uint8Array {
  if (document instanceof Uint8Array) return document;
  return typeof document === 'string'
    ? new TextEncoder().encode(document)
    : canonicalBytes(document);
}

function typeOf(document: object | Uint8Array | string): string {
  const value =
    typeof document === 'object' && !(document instanceof Uint8Array)
      ? document
      : readObject(Buffer.from(document).toString());
  if ('mediaType' in value && typeof value.mediaType === 'string') return value.mediaType;
  return 'manifests' in value ? mediaTypes.imageIndex : mediaTypes.imageManifest;
}

// A seed need not be JSON: how a client takes that is worth a test.
function readObject(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
