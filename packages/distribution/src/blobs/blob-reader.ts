import type { Descriptor } from '@oci-matrix/oci';
import { verified } from '../verified.ts';
import { type BlobSource, sourceName } from './blob-source.ts';

/** Reads a blob piece by piece for an upload in chunks. The last byte comes only once all of them are verified. */
export interface BlobReader {
  /** The bytes from `start` to before `end`. Reads on where the last range ended, else opens the source again. */
  read(start: number, end: number): AsyncGenerator<Uint8Array>;
  /** Lets the source go. */
  close(): Promise<void>;
}

/** A source that is open, and what it gave too early. */
interface Cursor {
  readonly pieces: AsyncGenerator<Uint8Array>;
  position: number;
  left: Uint8Array;
}

const nothing = new Uint8Array();

export function createBlobReader(descriptor: Descriptor, source: BlobSource): BlobReader {
  const what = sourceName(descriptor);
  // Whoever reads takes it, and brings it back only in order: nobody else waits for the same bytes.
  let idle: Cursor | undefined;

  const close = async (): Promise<void> => {
    const cursor = idle;
    idle = undefined;
    await cursor?.pieces.return(undefined);
  };

  const cursorAt = async (start: number): Promise<Cursor> => {
    if (idle?.position !== start) await close();
    const cursor = idle ?? {
      pieces: verified(descriptor, source.open(), what),
      position: 0,
      left: nothing,
    };
    idle = undefined;
    return cursor;
  };

  return {
    close,
    async *read(start, end) {
      const cursor = await cursorAt(start);
      try {
        for await (const _ of take(cursor, start));
        for await (const piece of take(cursor, end)) yield piece;
        idle = cursor;
      } finally {
        if (idle !== cursor) await cursor.pieces.return(undefined);
      }
    },
  };
}

/** Moves on to before `end`. */
async function* take(cursor: Cursor, end: number): AsyncGenerator<Uint8Array> {
  while (cursor.position < end) {
    if (cursor.left.byteLength === 0) {
      const next = await cursor.pieces.next();
      if (next.done) return;
      cursor.left = next.value;
    }
    const piece = cursor.left.subarray(0, end - cursor.position);
    cursor.left = cursor.left.subarray(piece.byteLength);
    cursor.position += piece.byteLength;
    yield piece;
  }
}
