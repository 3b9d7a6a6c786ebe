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

/** How the text of a header is read. As `latin1` each character stands for one byte, so that nothing is lost. */
export type TarEncoding = 'utf8' | 'latin1';

/** Reads one block of 512 bytes; undefined for the zeros at the end. Throws where the checksum is wrong. */
export function readTarHeader(
  block: Buffer,
  encoding: TarEncoding = 'utf8',
): TarHeader | undefined {
  if (block.every((byte) => byte === 0)) return undefined;
  if (checksum(block) !== readTarNumber(block, 148, 8))
    throw new Error('a header has a wrong checksum');
  // In the format of old GNU tar, whose magic ends with spaces, times are where the prefix would be.
  const isUstar = block.toString('latin1', 257, 263) === 'ustar\0';
  const prefix = isUstar ? text(block, 345, 155, encoding) : '';
  const name = text(block, 0, 100, encoding);
  const type = String.fromCharCode(block[156] ?? 0);
  return {
    name: prefix === '' || type === 'L' ? name : `${prefix}/${name}`,
    size: readTarNumber(block, 124, 12),
    type: type === '\0' || type === '7' ? '0' : type,
    link: text(block, 157, 100, encoding),
  };
}

// The checksum's own field counts as spaces. A loop, since a layer may have a million headers.
function checksum(block: Buffer): number {
  let sum = 8 * 32;
  for (let at = 0; at < 148; at += 1) sum += block[at] ?? 0;
  for (let at = 156; at < block.byteLength; at += 1) sum += block[at] ?? 0;
  return sum;
}

function text(
  block: Buffer,
  start: number,
  length: number,
  encoding: TarEncoding = 'latin1',
): string {
  const field = block.subarray(start, start + length);
  const end = field.indexOf(0);
  return field.toString(encoding, 0, end === -1 ? length : end);
}

/** Octal digits, or big-endian base 256 behind a first bit that says so (GNU tar, for 8 GiB and more). */
export function readTarNumber(block: Buffer, start: number, length: number): number {
  const field = block.subarray(start, start + length);
  if (((field[0] ?? 0) & 0x80) === 0) {
    const digits = text(block, start, length).trim();
    return /^[0-7]*$/.test(digits) ? Number.parseInt(digits, 8) || 0 : Number.NaN;
  }
  return Number(BigInt(`0x${field.toString('hex')}`) & ((1n << BigInt(length * 8 - 1)) - 1n));
}

/** The records of a pax header by key: `length key=value\n`, where the length counts itself. Throws where one is not. */
export function readPaxRecords(
  bytes: Buffer,
  encoding: TarEncoding = 'utf8',
): ReadonlyMap<string, string> {
  const records = new Map<string, string>();
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const digits = space - at > 0 && space - at <= 10 ? bytes.toString('latin1', at, space) : '';
    const end = at + (/^[0-9]+$/.test(digits) ? Number(digits) : 0);
    const equals = bytes.indexOf(61, space);
    const isWhole = end <= bytes.length && bytes[end - 1] === 10;
    if (!isWhole || equals === -1 || equals >= end - 1) throw new Error('a pax header is damaged');
    const key = bytes.toString(encoding, space + 1, equals);
    records.set(key, bytes.toString(encoding, equals + 1, end - 1));
    at = end;
  }
  return records;
}
