import { createReadStream } from 'node:fs';
import { readTarEntries } from './tar-entries.ts';

/** A tar archive, read where its files lie; nothing is unpacked. */
export interface Archive {
  /** A file's length in bytes, or undefined where the archive does not have it. */
  size(name: string): number | undefined;
  /** The bytes of a file that is there. */
  open(name: string): AsyncIterable<Uint8Array>;
}

/** Opens an archive. Throws where it cannot be read as one. */
export async function openArchive(file: string): Promise<Archive> {
  const entries = await readTarEntries(file);
  return {
    size: (name) => entries.get(name)?.size,
    open: (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${file} has no ${name}`);
      const { offset: start, size } = entry;
      return size === 0 ? nothing() : createReadStream(file, { start, end: start + size - 1 });
    },
  };
}

async function* nothing(): AsyncGenerator<Uint8Array> {
  // An empty file has no bytes to give.
}

/** All bytes of a source that is known to be short. */
export const collect = async (source: AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(source));
