import { randomUUID } from 'node:crypto';
import {
  createReadStream,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { algorithmOf, type Digest, encodedOf } from '@oci-matrix/oci';
import { createBatchWriter } from './batch-writer.ts';
import type { Contents } from './contents.ts';

/** Keeps contents in `blobs/` and `uploads/` of a folder. */
export function openDiskContents(root: string): Contents {
  // What a crash left in uploads/ was never a blob, and nobody can go on with it.
  rmSync(join(root, 'uploads'), { recursive: true, force: true });
  for (const path of ['uploads', 'blobs/sha256', 'blobs/sha512']) {
    mkdirSync(join(root, path), { recursive: true });
  }
  const blobAt = (digest: Digest): string =>
    join(root, 'blobs', algorithmOf(digest), encodedOf(digest));
  const uploadAt = (id: string): string => join(root, 'uploads', id);
  return {
    async append(upload) {
      const file = await open(uploadAt(upload), 'a');
      return { ...createBatchWriter(file), [Symbol.asyncDispose]: () => file.close() };
    },
    read: (upload) => createReadStream(uploadAt(upload)),
    sizeOf: async (upload) => (await stat(uploadAt(upload))).size,
    keep: (upload, digest) => rename(uploadAt(upload), blobAt(digest)),
    drop: (upload) => rm(uploadAt(upload), { force: true }),
    slice: (digest, start, size) => ({ path: blobAt(digest), start, size }),
    blob: (digest) => new Uint8Array(readFileSync(blobAt(digest))),
    write(digest, content) {
      const part = uploadAt(randomUUID());
      writeFileSync(part, content);
      renameSync(part, blobAt(digest));
    },
    remove: (digest) => rmSync(blobAt(digest), { force: true }),
  };
}
