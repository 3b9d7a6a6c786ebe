import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type HeaderFields, tarHeader } from '../../test-kit/tar.ts';

/** An entry of a layer; a file unless it says something else. */
export interface TestEntry {
  readonly path: string;
  readonly type?: 'file' | 'directory' | 'symlink' | 'hardlink' | 'device';
  readonly content?: string | Uint8Array;
  readonly target?: string;
  /** Records of a pax header before it. */
  readonly pax?: Readonly<Record<string, string>>;
}

const types = { file: '0', hardlink: '1', symlink: '2', device: '3', directory: '5' } as const;

const padded = (content: Uint8Array): Buffer =>
  Buffer.concat([content, Buffer.alloc((512 - (content.byteLength % 512)) % 512)]);

/** A pax header with these records. */
export function paxHeader(records: Readonly<Record<string, string>>): Buffer {
  const content = Buffer.from(
    Object.entries(records)
      .map(([key, value]) => {
        const rest = Buffer.byteLength(` ${key}=${value}\n`);
        const length = rest + String(rest + String(rest).length).length;
        return `${length} ${key}=${value}\n`;
      })
      .join(''),
  );
  return withContent({ name: 'pax', type: 'x', size: content.byteLength }, content);
}

/** A header, whatever it says, and content behind it. */
export const withContent = (fields: HeaderFields, content: Uint8Array = Buffer.alloc(0)): Buffer =>
  Buffer.concat([tarHeader(fields), padded(content)]);

/** The two blocks of zeros behind the last entry. */
export const tarEnd: Buffer = Buffer.alloc(1024);

/** The tar of a layer. Paths and targets that do not fit their fields go into a pax header. */
export const layerTar = (entries: readonly TestEntry[]): Buffer =>
  Buffer.concat([...entries.map(entryBytes), tarEnd]);

function entryBytes({ path, type = 'file', content = '', target = '', pax }: TestEntry): Buffer {
  const bytes = Buffer.from(content);
  const long = {
    ...(Buffer.byteLength(path) > 100 ? { path } : {}),
    ...(Buffer.byteLength(target) > 100 ? { linkpath: target } : {}),
    ...pax,
  };
  const fields = { name: path, link: target, type: types[type], size: bytes.byteLength };
  const header = Object.keys(long).length > 0 ? [paxHeader(long)] : [];
  return Buffer.concat([...header, withContent(fields, bytes)]);
}

/** The ways in which a layer travels. Of two members or frames each has a part of the tar. */
export const packings = {
  plain: (tar: Buffer) => tar,
  gzip: (tar: Buffer) => gzipSync(tar),
  'gzip of two members': (tar: Buffer) => Buffer.concat(halves(tar).map((half) => gzipSync(half))),
  zstd: (tar: Buffer) => zstdCompressSync(tar),
  // As zstd:chunked has them, with a frame to pass over between and behind.
  'zstd of several frames': (tar: Buffer) =>
    Buffer.concat(halves(tar).flatMap((half) => [zstdCompressSync(half), skippable])),
} as const;

const skippable = Buffer.concat([Buffer.from('502a4d1805000000', 'hex'), Buffer.from('notes')]);

const halves = (tar: Buffer): Buffer[] => {
  const middle = Math.floor(tar.byteLength / 2) - 100;
  return [tar.subarray(0, middle), tar.subarray(middle)];
};
