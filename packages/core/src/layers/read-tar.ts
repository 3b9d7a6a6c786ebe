import { readTarHeader, readTarNumber, type TarHeader } from '../tar-header.ts';
import type { Reader } from './feed.ts';
import type { LayerLimits } from './layer-limits.ts';
import { entryOf, type LayerEntry, type Overrides, overridesOf } from './tar-entry.ts';

/** Who wants to know what is in a tar. What it is given is good until it returns. */
export interface TarVisitor {
  /** Everything that is no content of a file: headers, padding, the end. */
  raw(piece: Buffer): void;
  entry(entry: LayerEntry): void;
  content(piece: Buffer): void;
  /** After the last of the content. */
  entryEnd(entry: LayerEntry): void;
}

const blockSize = 512;
const trailerPiece = 64 * 1024;

/**
 * Reads a tar as engines do: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_01
 * Throws at the first thing that is wrong with it.
 */
export function* readTar(visitor: TarVisitor, limits: LayerLimits): Reader {
  let next: Overrides = {};
  let metadata = 0;
  for (let count = 0; ; count += 1) {
    if (count > limits.entries) throw new Error(`it has more than ${limits.entries} entries`);
    const block = yield { bytes: blockSize };
    if (block.byteLength === 0) return;
    visitor.raw(whole(block, blockSize, 'a header'));
    const header = readTarHeader(block, 'latin1');
    if (header === undefined) {
      yield* readEnd(visitor);
      return;
    }
    if (/[xgLK]/.test(header.type)) {
      const content = yield* readMetadata(header, visitor, limits);
      metadata += content.byteLength;
      if (metadata > limits.allMetadata) {
        throw new Error(`its headers have more than ${limits.allMetadata} bytes together`);
      }
      next = header.type === 'g' ? next : overridesOf(header.type, content, next);
    } else {
      yield* readEntry(header, block, next, visitor);
      next = {};
    }
  }
}

function* readMetadata(
  { size }: TarHeader,
  visitor: TarVisitor,
  { metadata }: LayerLimits,
): Generator<{ bytes: number }, Buffer, Buffer> {
  if (!(size >= 0 && size <= metadata)) {
    throw new Error(`a header has ${size} bytes of names and attributes, at most ${metadata} go`);
  }
  if (size === 0) return Buffer.alloc(0);
  const padded = size + paddingOf(size);
  const bytes = whole(yield { bytes: padded }, padded, 'a header');
  visitor.raw(bytes);
  return bytes.subarray(0, size);
}

function* readEntry(
  header: TarHeader,
  block: Buffer,
  overrides: Overrides,
  visitor: TarVisitor,
): Reader {
  // Old GNU tar says how large a sparse file is, with its holes, at the end of the header; its map may go on in more blocks.
  const sparse = header.type === 'S' ? { size: readTarNumber(block, 483, 12) } : {};
  let goesOn = header.type === 'S' && block[482] === 1;
  const entry = entryOf(header, { ...sparse, ...overrides });
  if (!Number.isSafeInteger(entry.size)) throw new Error('a sparse file has no size');
  while (goesOn) {
    const more = whole(yield { bytes: blockSize }, blockSize, 'the map of a sparse file');
    visitor.raw(more);
    goesOn = more[504] === 1;
  }
  visitor.entry(entry);
  yield* passContent(entry, visitor);
  visitor.entryEnd(entry);
  const padding = paddingOf(entry.stored);
  if (padding > 0) visitor.raw(yield { bytes: padding });
}

function* passContent({ stored }: LayerEntry, visitor: TarVisitor): Reader {
  if (stored === 0) return;
  let left = stored;
  const to = (piece: Buffer): void => {
    left -= piece.byteLength;
    visitor.content(piece);
  };
  yield { pass: stored, to };
  if (left > 0) throw new Error(`it ends ${left} bytes before the end of a file`);
}

// Two blocks of zeros are the end; what is behind them is nobody's, but engines keep it.
function* readEnd(visitor: TarVisitor): Reader {
  const second = yield { bytes: blockSize };
  visitor.raw(second);
  if (second.some((byte) => byte !== 0)) throw new Error('it goes on behind a block of zeros');
  for (let piece = second; piece.byteLength > 0; ) {
    piece = yield { bytes: trailerPiece };
    visitor.raw(piece);
  }
}

const paddingOf = (size: number): number => (blockSize - (size % blockSize)) % blockSize;

function whole(bytes: Buffer, size: number, what: string): Buffer {
  if (bytes.byteLength < size) throw new Error(`it ends within ${what}`);
  return bytes;
}
