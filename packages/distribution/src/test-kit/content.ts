import {
  canonicalBytes,
  type Descriptor,
  descriptorOf,
  emptyDescriptor,
  mediaTypes,
} from '@oci-matrix/oci';
import type { BlobSource } from '../blobs/blob-source.ts';

/** A blob of this text, with its descriptor. */
export function blobOf(text: string | Uint8Array): {
  readonly descriptor: Descriptor;
  readonly source: BlobSource;
  readonly bytes: Uint8Array;
} {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text;
  return {
    descriptor: descriptorOf(bytes, mediaTypes.octetStream),
    source: sourceOf(bytes),
    bytes,
  };
}

/** The chunks, each time it is opened. */
export const sourceOf = (...chunks: readonly Uint8Array[]): BlobSource => ({
  async *open() {
    yield* chunks;
  },
});

/** So many bytes that are not all the same. */
export const noise = (size: number): Uint8Array =>
  Uint8Array.from({ length: size }, (_, i) => (i * 7 + (i >> 8)) & 0xff);

/** An artifact without layers, and more fields if given. */
export const artifact = (more: Record<string, unknown> = {}): Uint8Array =>
  canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageManifest,
    artifactType: 'application/vnd.example.thing',
    config: emptyDescriptor,
    layers: [],
    ...more,
  });
