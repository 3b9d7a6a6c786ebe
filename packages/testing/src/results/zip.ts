import { crc32 } from 'node:zlib';

/**
 * A zip archive of these files, not compressed, by the names as they are: also those that no honest tool writes.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, 4.3
 */
export function zipOf(files: Readonly<Record<string, string | Uint8Array>>): Buffer {
  const [locals, centrals]: [Buffer[], Buffer[]] = [[], []];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const content = Buffer.from(text);
    const path = Buffer.from(name);
    const common = commonFields(content, path);
    const local = Buffer.concat([bytes('504b0304'), common, path, content]);
    centrals.push(Buffer.concat([bytes('504b01021400'), common, rest(offset), path]));
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(centrals);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(centrals.length, 8);
  end.writeUInt16LE(centrals.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

// From "version needed to extract" to "extra field length", which both kinds of headers have.
function commonFields(content: Buffer, path: Buffer): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt32LE(crc32(content), 10);
  fields.writeUInt32LE(content.length, 14);
  fields.writeUInt32LE(content.length, 18);
  fields.writeUInt16LE(path.length, 22);
  return fields;
}

function rest(offset: number): Buffer {
  const fields = Buffer.alloc(14);
  fields.writeUInt32LE(offset, 10);
  return fields;
}

const bytes = (hex: string): Buffer => Buffer.from(hex, 'hex');
