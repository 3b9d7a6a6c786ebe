import { join } from 'node:path';
import { type Digest, digestOf, type Manifest, parseManifest } from '@oci-matrix/oci';
import { type FileMap, openFileMap } from './file-map.ts';
import { openTagTable, type TagMemory, type TagTable } from './tag-table.ts';

/** A manifest with the type that it was pushed as. `document` is absent where a seed is no valid manifest. */
export interface StoredManifest {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  readonly digest: Digest;
  readonly document: Manifest | undefined;
}

/** What one repository holds. The content of its blobs is in the storage, which all repositories share. */
export interface Repository {
  readonly name: string;
  /** Size in bytes by digest. */
  readonly blobs: FileMap<number>;
  /** By digest. */
  readonly manifests: FileMap<StoredManifest>;
  readonly tags: TagTable;
}

/** Opens the folder of a repository, and makes it where it is missing; without one all is kept in memory. */
export const openRepository = (
  folder: string | undefined,
  name: string,
  memory: TagMemory,
): Repository => ({
  name,
  blobs: openFileMap<number>(folder && join(folder, 'blobs'), {
    encode: (size) => String(size),
    decode: (bytes) => Number(bytes.toString()),
  }),
  manifests: openFileMap<StoredManifest>(folder && join(folder, 'manifests'), {
    encode: ({ digest, mediaType, bytes }) =>
      Buffer.concat([Buffer.from(`${digest.split(':')[0]} ${mediaType}\n`), bytes]),
    decode: decodeManifest,
  }),
  tags: openTagTable(folder && join(folder, 'tags'), memory),
});

/** Makes the entry for bytes at hand. */
export const storedManifest = (
  bytes: Uint8Array,
  mediaType: string,
  digest: Digest = digestOf(bytes),
): StoredManifest => ({ bytes, mediaType, digest, document: readDocument(bytes, mediaType) });

function decodeManifest(file: Buffer): StoredManifest {
  const end = file.indexOf('\n');
  const [algorithm, mediaType = ''] = file.subarray(0, end).toString().split(' ', 2);
  const bytes = new Uint8Array(file.subarray(end + 1));
  const digest = digestOf(bytes, algorithm === 'sha512' ? 'sha512' : 'sha256');
  return storedManifest(bytes, mediaType, digest);
}

// A test may seed what no client could push.
function readDocument(bytes: Uint8Array, mediaType: string): Manifest | undefined {
  try {
    return parseManifest(bytes, mediaType);
  } catch {
    return undefined;
  }
}
