import type { Digest } from '@oci-matrix/oci';
import type { Contents } from './contents.ts';

/** Keeps contents in memory: for many small ones. */
export function openMemoryContents(): Contents {
  const uploads = new Map<string, Uint8Array>();
  const blobs = new Map<Digest, Uint8Array>();
  const blobAt = (digest: Digest): Uint8Array => blobs.get(digest) ?? new Uint8Array();
  const uploadAt = (id: string): Uint8Array => uploads.get(id) ?? new Uint8Array();
  return {
    append: async (upload) => ({
      async write(piece) {
        uploads.set(upload, Buffer.concat([uploadAt(upload), piece]));
      },
      async flush() {},
      async [Symbol.asyncDispose]() {},
    }),
    async *read(upload) {
      yield uploadAt(upload);
    },
    sizeOf: async (upload) => uploadAt(upload).byteLength,
    async keep(upload, digest) {
      blobs.set(digest, uploadAt(upload));
      uploads.delete(upload);
    },
    async drop(upload) {
      uploads.delete(upload);
    },
    slice: (digest, start, size) => blobAt(digest).subarray(start, start + size),
    blob: (digest) => Uint8Array.from(blobAt(digest)),
    write: (digest, content) => void blobs.set(digest, content),
    remove: (digest) => void blobs.delete(digest),
  };
}
