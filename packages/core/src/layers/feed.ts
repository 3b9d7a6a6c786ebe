/** What a reader waits for: so many bytes at once, or so many that it takes as they come. */
export type Wish =
  | { readonly bytes: number }
  | { readonly pass: number; readonly to: (piece: Buffer) => void };

/**
 * A reader as a program that says what it waits for. It is given the bytes that it wished for, fewer where the input ends,
 * and none for those that passed. They are good until its next wish.
 */
export type Reader = Generator<Wish, void, Buffer>;

export interface Feed {
  /** Gives the reader what comes next; how the input is cut into chunks makes no difference to it. */
  write(chunk: Uint8Array): void;
  /** Lets the reader see the end. */
  end(): void;
}

const nothing = Buffer.alloc(0);

/** Feeds a reader with chunks. Bytes that lie together in a chunk are not copied. */
export function createFeed(reader: Reader): Feed {
  let wish = reader.next(nothing);
  let held: Buffer[] = [];
  let heldBytes = 0;

  const answer = (bytes: Buffer): void => {
    wish = reader.next(bytes);
  };
  const takeHeld = (): Buffer => {
    const bytes = Buffer.concat(held);
    [held, heldBytes] = [[], 0];
    return bytes;
  };
  const pass = (chunk: Buffer, size: number, to: (piece: Buffer) => void): number => {
    const piece = chunk.subarray(0, size - heldBytes);
    if (piece.byteLength > 0) to(piece);
    heldBytes += piece.byteLength;
    if (heldBytes === size) {
      heldBytes = 0;
      answer(nothing);
    }
    return piece.byteLength;
  };
  const gather = (chunk: Buffer, size: number): number => {
    const piece = chunk.subarray(0, size - heldBytes);
    if (piece.byteLength === size) {
      answer(piece);
      return size;
    }
    // Whoever writes may use the memory of a chunk again.
    held.push(Buffer.from(piece));
    heldBytes += piece.byteLength;
    if (heldBytes === size) answer(takeHeld());
    return piece.byteLength;
  };

  return {
    write: (chunk) => {
      let rest = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
      while (rest.byteLength > 0 && !wish.done) {
        const { value } = wish;
        const used = 'pass' in value ? pass(rest, value.pass, value.to) : gather(rest, value.bytes);
        rest = rest.subarray(used);
      }
    },
    end: () => {
      if (!wish.done) answer(takeHeld());
      while (!wish.done) answer(nothing);
    },
  };
}
