import { type FileHandle, open } from 'node:fs/promises';
import { readPaxRecords, readTarHeader } from './tar-header.ts';
import { type TarLink, withLinks } from './tar-links.ts';

/** Where a regular file lies in an archive, in bytes. */
export interface TarEntry {
  readonly offset: number;
  readonly size: number;
}

const blockSize = 512;
// Names and pax headers are read whole; a real one has less than a few hundred bytes.
const maxMetadata = 1024 * 1024;
// Headers that speak of the next entry: pax, GNU's long names and long links; and pax' global one, which we pass over.
const metadataTypes = new Set(['x', 'L', 'K', 'g']);

interface Overrides {
  readonly path?: string | undefined;
  readonly link?: string | undefined;
  readonly size?: number | undefined;
}

/**
 * The regular files of a tar archive by path, and links to them. Headers are read, contents are passed over: a blob is
 * later read where it lies, which a stream of entries does not allow.
 */
export async function readTarEntries(path: string): Promise<Map<string, TarEntry>> {
  await using file = await open(path);
  const end = (await file.stat()).size;
  const entries = new Map<string, TarEntry>();
  const links = new Map<string, TarLink>();
  let next: Overrides = {};
  for (let at = 0; at + blockSize <= end; ) {
    const header = readTarHeader(await readAt(file, at, blockSize));
    if (header === undefined) break;
    const isMetadata = metadataTypes.has(header.type);
    // A link has no content, whatever its header says.
    const isLink = header.type === '1' || header.type === '2';
    const size = isMetadata ? header.size : isLink ? 0 : (next.size ?? header.size);
    const offset = at + blockSize;
    if (!Number.isSafeInteger(size) || size < 0 || offset + size > end) {
      throw new Error(`the entry at byte ${at} has ${size} bytes, beyond the end of the archive`);
    }
    const name = cleanPath(next.path ?? header.name);
    if (header.type === '0') entries.set(name, { offset, size });
    if (isLink) {
      links.set(name, { target: next.link ?? header.link, symbolic: header.type === '2' });
    }
    next = isMetadata ? await overrides(header.type, () => readAt(file, offset, size), next) : {};
    at = offset + Math.ceil(size / blockSize) * blockSize;
  }
  return withLinks(entries, links);
}

async function overrides(
  type: string,
  read: () => Promise<Buffer>,
  before: Overrides,
): Promise<Overrides> {
  if (type === 'L' || type === 'K') {
    const name = (await read()).toString('utf8').replace(/\0.*$/s, '');
    return type === 'L' ? { ...before, path: name } : { ...before, link: name };
  }
  if (type !== 'x') return before;
  const pax = readPaxRecords(await read());
  const size = pax.get('size');
  return {
    path: pax.get('path') ?? before.path,
    link: pax.get('linkpath') ?? before.link,
    size: size === undefined ? before.size : Number(size),
  };
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  if (length > maxMetadata) throw new Error(`a header of ${length} bytes is too long`);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  if (bytesRead !== length) throw new Error('the archive ends within a header');
  return buffer;
}

const cleanPath = (name: string): string => name.replace(/^(?:\.?\/)+/, '');
