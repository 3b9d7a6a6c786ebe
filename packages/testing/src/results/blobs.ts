import { randomBytes, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** A blob under a signed address: blocks arrive in any order, a list of them makes the content. */
export interface Blob {
  readonly id: string;
  readonly signature: string;
  readonly blocks: Map<string, string>;
  contentType: string | undefined;
  /** The files whose concatenation is the content; undefined until the block list came. */
  parts: readonly string[] | undefined;
}

/** Blobs in a folder, each block a file: nothing is held in memory. */
export interface BlobStore {
  create(): Blob;
  find(id: string, signature: string | null): Blob | undefined;
  putBlock(blob: Blob, blockId: string, body: Readable): Promise<void>;
}

export function openBlobStore(directory: string): BlobStore {
  const blobs = new Map<string, Blob>();
  return {
    create() {
      const blob: Blob = {
        id: randomUUID(),
        // The client registers the signature as a secret: a short one would be masked all over a log.
        signature: randomBytes(32).toString('hex'),
        blocks: new Map(),
        contentType: undefined,
        parts: undefined,
      };
      blobs.set(blob.id, blob);
      return blob;
    },
    find(id, signature) {
      const blob = blobs.get(id);
      return blob?.signature === signature ? blob : undefined;
    },
    async putBlock(blob, blockId, body) {
      const file = join(directory, `${blob.id}-${randomUUID()}`);
      await pipeline(body, createWriteStream(file));
      blob.blocks.set(blockId, file);
    },
  };
}

/** Fixes the content to these blocks, in this order; the first id that never arrived, if any. */
export function commitBlocks(blob: Blob, blockIds: readonly string[]): string | undefined {
  const missing = blockIds.find((id) => !blob.blocks.has(id));
  if (missing === undefined) {
    blob.parts = blockIds.flatMap((id) => blob.blocks.get(id) ?? []);
  }
  return missing;
}

/** The bytes of a blob, in order, as a stream. */
export async function* blobContent(blob: Blob): AsyncGenerator<Buffer> {
  for (const part of blob.parts ?? []) {
    for await (const chunk of createReadStream(part)) {
      yield chunk;
    }
  }
}

export async function blobSize(blob: Blob): Promise<number> {
  const sizes = await Promise.all((blob.parts ?? []).map(async (part) => (await stat(part)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
