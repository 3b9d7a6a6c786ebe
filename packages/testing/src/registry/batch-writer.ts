import type { FileHandle } from 'node:fs/promises';

/** In bytes. A disk likes few and large writes; two batches are all that a body takes of the memory. */
const batchSize = 512 * 1024;

/** Appends pieces to a file in batches, of which one is on its way to the disk while the next one fills. */
export interface BatchWriter {
  write(piece: Uint8Array): Promise<void>;
  /** Ends when all pieces are in the file. */
  flush(): Promise<void>;
}

export function createBatchWriter(file: FileHandle): BatchWriter {
  let batch: Uint8Array[] = [];
  let size = 0;
  let writing = Promise.resolve();
  const send = async (): Promise<void> => {
    await writing;
    writing = writeBatch(file, batch, size);
    // Whoever waits for the batch hears of a failure; until then it is not an unhandled one.
    writing.catch(() => undefined);
    batch = [];
    size = 0;
  };
  return {
    async write(piece) {
      batch.push(piece);
      size += piece.byteLength;
      if (size >= batchSize) await send();
    },
    async flush() {
      if (size > 0) await send();
      await writing;
    },
  };
}

async function writeBatch(
  file: FileHandle,
  batch: readonly Uint8Array[],
  size: number,
): Promise<void> {
  const { bytesWritten } = await file.writev(batch);
  if (bytesWritten !== size) throw new Error(`the disk took ${bytesWritten} of ${size} bytes`);
}
