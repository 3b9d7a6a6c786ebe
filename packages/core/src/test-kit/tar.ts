/** How names and sizes that do not fit their fields are written. */
export type TarFormat = 'ustar' | 'gnu' | 'pax' | 'base-256';

const block = 512;

const padded = (content: Uint8Array): Buffer =>
  Buffer.concat([content, Buffer.alloc((block - (content.byteLength % block)) % block)]);

export interface HeaderFields {
  readonly name: string;
  readonly size: number;
  readonly type?: string;
  readonly prefix?: string;
  /** What a link points at. */
  readonly link?: string;
  /** Writes the size in big-endian base 256. */
  readonly binary?: boolean;
}

/** One header, whatever it says. */
export function tarHeader({
  name,
  size,
  type = '0',
  prefix = '',
  link = '',
  binary,
}: HeaderFields): Buffer {
  const header = Buffer.alloc(block);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 12);
  if (binary) {
    header.fill(0, 124, 136);
    header.writeUInt8(0x80, 124);
    header.writeBigUInt64BE(BigInt(size), 128);
  }
  header.write(type, 156);
  header.write(link, 157, 100);
  header.write('ustar\u000000', 257);
  header.write(prefix, 345, 155);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

function paxRecord(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`;
  const length = Buffer.byteLength(rest);
  const digits = String(length + String(length).length).length;
  return `${length + digits}${rest}`;
}

function headersOf(name: string, size: number, format: TarFormat): Buffer[] {
  if (format === 'ustar') {
    const slash = name.lastIndexOf('/');
    const fields = { name: name.slice(slash + 1), prefix: name.slice(0, Math.max(slash, 0)) };
    return [tarHeader({ ...fields, size })];
  }
  if (format === 'base-256') return [tarHeader({ name, size, binary: true })];
  const isPax = format === 'pax';
  const before = isPax
    ? paxRecord('comment', 'ünïcode') + paxRecord('path', name) + paxRecord('size', String(size))
    : `${name}\0`;
  const content = Buffer.from(before);
  const fields = { size: content.byteLength, type: isPax ? 'x' : 'L' };
  return [
    tarHeader({ name: '././@LongLink', ...fields }),
    padded(content),
    // The size in the header behind a pax header may be wrong: what the pax header says counts.
    tarHeader({ name: 'a name that was cut', size: isPax ? 0 : size }),
  ];
}

/** One entry without content that points at another by name. */
export function tarLink(name: string, link: string, type: '1' | '2' = '2'): Buffer {
  if (link.length <= 100) return tarHeader({ name, link, type, size: 0 });
  const long = Buffer.from(`${link}\0`);
  const before = tarHeader({ name: '././@LongLink', type: 'K', size: long.byteLength });
  return Buffer.concat([before, padded(long), tarHeader({ name, link: 'cut', type, size: 0 })]);
}

/** A tar archive of these files. */
export function tarOf(files: ReadonlyMap<string, Uint8Array>, format: TarFormat): Buffer {
  const entries = [...files].flatMap(([name, content]) => [
    ...headersOf(name, content.byteLength, format),
    padded(content),
  ]);
  return Buffer.concat([...entries, Buffer.alloc(2 * block)]);
}
