import { createHash } from 'node:crypto';
import type { BlobSource } from '@oci-matrix/distribution';
import {
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  emptyDescriptor,
  mediaTypes,
} from '@oci-matrix/oci';

/** Where all the work of the matrix is done. */
export const repository = 'octo/app';

export interface Content {
  readonly bytes: Uint8Array;
  readonly descriptor: Descriptor;
}

/** A blob of so many bytes that are not all the same. */
export function blobOf(size: number): Content & { readonly source: BlobSource } {
  const block = createHash('sha512').update(`${size}`).digest();
  const bytes = new Uint8Array(Buffer.alloc(size, block));
  return {
    bytes,
    descriptor: descriptorOf(bytes, mediaTypes.octetStream),
    source: inPieces(bytes),
  };
}

const pieceSize = 64 * 1024;

const inPieces = (bytes: Uint8Array): BlobSource => ({
  async *open() {
    for (let at = 0; at < bytes.byteLength; at += pieceSize)
      yield bytes.subarray(at, at + pieceSize);
  },
});

/** A manifest of nothing, and more fields if given. */
export function manifestOf(more: Readonly<Record<string, unknown>>): Content {
  const bytes = canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: 'application/vnd.example.thing',
    config: emptyDescriptor,
    layers: [],
    ...more,
  });
  return { bytes, descriptor: descriptorOf(bytes, mediaTypes.imageManifest) };
}
