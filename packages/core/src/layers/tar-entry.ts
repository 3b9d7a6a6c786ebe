import { readPaxRecords, type TarHeader } from '../tar-header.ts';

/** An entry of a layer. Text has one character for each byte. */
export interface LayerEntry {
  readonly type: 'file' | 'directory' | 'symlink' | 'hardlink' | 'device';
  readonly path: string;
  /** What a link points at. */
  readonly target: string;
  /** Of the file on a disk, in bytes: with the holes of a sparse one, which engines write out. */
  readonly size: number;
  /** Of the content that follows in the tar, in bytes. */
  readonly stored: number;
  /** Extended attributes by name. */
  readonly attributes: ReadonlyMap<string, string>;
}

/** What a pax header, or a long name of GNU tar, says of the entry behind it. */
export interface Overrides {
  readonly path?: string | undefined;
  readonly target?: string | undefined;
  readonly stored?: number | undefined;
  readonly size?: number | undefined;
  readonly attributes?: ReadonlyMap<string, string>;
}

const types: Readonly<Record<string, LayerEntry['type']>> = {
  '0': 'file',
  '1': 'hardlink',
  '2': 'symlink',
  '3': 'device',
  '4': 'device',
  '5': 'directory',
  '6': 'device',
  S: 'file',
};

const none: ReadonlyMap<string, string> = new Map();

/** The entry of a header. Throws where a runtime would not know what to make of it. */
export function entryOf(header: TarHeader, overrides: Overrides): LayerEntry {
  const path = overrides.path ?? header.name;
  const type = types[header.type];
  if (type === undefined) {
    throw new Error(`an entry is of the type ${JSON.stringify(header.type)}, which nobody unpacks`);
  }
  const declared = overrides.stored ?? header.size;
  if (!Number.isSafeInteger(declared) || declared < 0) {
    throw new Error(`an entry has a size of ${declared} bytes`);
  }
  // Archives from before POSIX know folders by their slash alone.
  const isFolder =
    type === 'directory' || (type === 'file' && path.endsWith('/') && declared === 0);
  const stored = type === 'file' ? declared : 0;
  return {
    type: isFolder ? 'directory' : type,
    path,
    target: overrides.target ?? header.link,
    size: type === 'file' ? (overrides.size ?? stored) : 0,
    stored,
    attributes: overrides.attributes ?? none,
  };
}

/** Reads the content of a header of the type `L`, `K` or `x` on top of what was said before. */
export function overridesOf(type: string, content: Buffer, before: Overrides): Overrides {
  if (type === 'L') return { ...before, path: untilZero(content) };
  if (type === 'K') return { ...before, target: untilZero(content) };
  const pax = readPaxRecords(content, 'latin1');
  // An empty value takes back what was said before, and leaves what the header says.
  return {
    path: pax.get('GNU.sparse.name') || pax.get('path') || before.path,
    target: pax.get('linkpath') || before.target,
    stored: numberOf(pax.get('size')) ?? before.stored,
    size: numberOf(pax.get('GNU.sparse.realsize') ?? pax.get('GNU.sparse.size')) ?? before.size,
    attributes: attributesOf(pax),
  };
}

function untilZero(content: Buffer): string {
  const end = content.indexOf(0);
  return content.toString('latin1', 0, end === -1 ? content.byteLength : end);
}

function numberOf(text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const number = /^[0-9]+$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(number)) return number;
  throw new Error(`a pax header has a size of ${JSON.stringify(text.slice(0, 40))} bytes`);
}

const attribute = 'SCHILY.xattr.';

const attributesOf = (pax: ReadonlyMap<string, string>): ReadonlyMap<string, string> =>
  new Map(
    [...pax]
      .filter(([key]) => key.startsWith(attribute))
      .map(([key, value]) => [key.slice(attribute.length), value]),
  );
