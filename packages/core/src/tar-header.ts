/** What we need of a tar header: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06 */
export interface TarHeader {
  readonly name: string;
  /** Of the content that follows, in bytes. */
  readonly size: number;
  /** `0` a file, `1` a hard link, `2` a symbolic link, `x` a pax header, `L` a long name and `K` a long link of GNU tar. */
  readonly type: string;
  /** What a link points at; empty for anything else. */
  readonly link: string;
}

/** Reads one block of 512 bytes; undefined for the zeros at the end. Throws where the checksum is wrong. */
export function readTarHeader(block: Buffer): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (checksum(block) !== number(block, 148, 8)) throw new Error('a header has a wrong checksum');
  const prefix = block.toString('latin1', 257, 262) === 'ustar' ? text(block, 345, 155) : '';
  const name = text(block, 0, 100);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === '' || type === 'L' ? name : `${prefix}/${name}`,
    size: number(block, 124, 12),
    type: type === '\0' || type === '7' ? '0' : type,
    link: text(block, 157, 100),
  };
}

// The checksum's own field counts as spaces.
const checksum = (block: Buffer): number =>
  block.reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : byte), 0);

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString('utf8', 0, end === -1 ? length : end);
}

// Octal digits, or big-endian base 256 behind a first bit that says so (GNU tar, for 8 GiB and more).
function number(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (((field[0] ?? 0) & 0x80) === 0) return Number.parseInt(text(block, start, length), 8) || 0;
  return Number(BigInt(`0x${field.toString('hex')}`) & ((1n << BigInt(length * 8 - 1)) - 1n));
}

/** The records of a pax header by key: `length key=value\n`, where the length counts itself. */
export function readPaxRecords(bytes: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const length = Number(bytes.toString('latin1', at, space));
    if (space === -1 || !Number.isInteger(length) || length <= 0)
      throw new Error('a pax header is damaged');
    const pair = bytes.toString('utf8', space + 1, at + length - 1);
    records.set(pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1));
    at += length;
  }
  return records;
}
