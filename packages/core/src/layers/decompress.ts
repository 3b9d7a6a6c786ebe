import { once } from 'node:events';
import { createGunzip, createZstdDecompress } from 'node:zlib';

/** Takes the bytes of a blob, and gives those of the tar. */
export type Compression = 'none' | 'gzip' | 'zstd';

// Large pieces: each is a trip to another thread and back.
const pieceSize = 256 * 1024;

const openers = {
  gzip: () => createGunzip({ chunkSize: pieceSize }),
  zstd: () => createZstdDecompress({ chunkSize: pieceSize }),
} as const;

type Unpacker = ReturnType<(typeof openers)[keyof typeof openers]>;

/** What a blob is compressed with, by its first four bytes: media types are known to be wrong. */
export function compressionOf(start: Uint8Array): Compression {
  const magic = Buffer.from(start.subarray(0, 4)).toString('hex');
  if (magic.startsWith('1f8b')) return 'gzip';
  // A frame to pass over may come first: https://www.rfc-editor.org/rfc/rfc8878#section-3.1.2
  return magic === '28b52ffd' || /^5[0-9a-f]2a4d18$/.test(magic) ? 'zstd' : 'none';
}

/** The chunks of a blob, of which what was too much can be given back. */
interface Source {
  next(): Promise<Uint8Array | undefined>;
  giveBack(rest: Uint8Array): void;
  /** True where something was given back. */
  hasMore(): boolean;
}

/**
 * Unpacks off the event loop: while one piece is looked at, the next is made. Several members of gzip, or frames of zstd, are
 * one content; what is no member behind the last of gzip is left unread, as gzip does. Each chunk is done with before the
 * next is asked for.
 */
export async function* decompress(
  compression: Exclude<Compression, 'none'>,
  chunks: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const source = sourceOf(chunks);
  yield* unpack(compression, source);
  // Node goes on with the next member of gzip, and not with the next frame of zstd, of which zstd:chunked has thousands.
  while (compression === 'zstd' && source.hasMore()) yield* unpack(compression, source);
}

async function* unpack(
  compression: Exclude<Compression, 'none'>,
  source: Source,
): AsyncGenerator<Buffer> {
  const unpacker = openers[compression]();
  const over = once(unpacker, 'close').catch(() => {});
  const feeding = feed(unpacker, source, over).catch((error: Error) => unpacker.destroy(error));
  try {
    yield* unpacker;
  } finally {
    unpacker.destroy();
    await feeding;
  }
}

async function feed(unpacker: Unpacker, source: Source, over: Promise<unknown>): Promise<void> {
  let given = 0;
  for (let chunk = await source.next(); chunk !== undefined; chunk = await source.next()) {
    given += chunk.byteLength;
    await Promise.race([new Promise((resolve) => unpacker.write(chunk, resolve)), over]);
    // It takes no more than what is its own.
    if (unpacker.destroyed || unpacker.bytesWritten < given) {
      source.giveBack(chunk.subarray(chunk.byteLength - (given - unpacker.bytesWritten)));
      return;
    }
  }
  unpacker.end();
}

function sourceOf(chunks: AsyncIterable<Uint8Array>): Source {
  const iterator = chunks[Symbol.asyncIterator]();
  let left: Uint8Array | undefined;
  return {
    next: async () => {
      const rest = left;
      left = undefined;
      if (rest !== undefined) return rest;
      const { value, done } = await iterator.next();
      return done ? undefined : value;
    },
    giveBack: (rest) => {
      left = rest.byteLength === 0 ? undefined : rest;
    },
    hasMore: () => left !== undefined,
  };
}
