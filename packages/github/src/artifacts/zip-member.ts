import { inflateRawSync } from 'node:zlib';

/** Reads one file out of a zip archive, and writes nothing: an archive from outside names whatever paths it likes. Undefined if it has no such file. Throws `RangeError` where the file has more bytes than `limit`, and `SyntaxError` where the bytes are no archive: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, version 6.3.10, 4.3 */
export function zipMember(archive: Buffer, name: string, limit: number): Buffer | undefined {
  const found = directoryOf(archive).find((member) => member.name === name);
  if (found === undefined) return undefined;
  if (found.size > limit) throw new RangeError(`${name} has ${found.size} bytes`);
  const { offset, stored, method } = found;
  const start = offset + 30 + archive.readUInt16LE(offset + 26) + archive.readUInt16LE(offset + 28);
  const content = archive.subarray(start, start + stored);
  if (content.length !== stored) throw new SyntaxError(`${name} ends early`);
  if (method === 0) return content;
  if (method !== 8) throw new SyntaxError(`${name} is packed in way ${method}`);
  // What the directory says of the size is a claim: never more than that is unpacked.
  return inflateRawSync(content, { maxOutputLength: Math.max(1, found.size) });
}

interface Member {
  readonly name: string;
  readonly method: number;
  /** Bytes in the archive. */
  readonly stored: number;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly offset: number;
}

const endMark = Buffer.from('504b0506', 'hex');
const memberMark = 0x02014b50;
// The end of the directory, and behind it a comment: at most so many bytes.
const longestEnd = 22 + 0xffff;

function directoryOf(archive: Buffer): Member[] {
  const tail = Math.max(0, archive.length - longestEnd);
  const end = archive.subarray(tail).lastIndexOf(endMark);
  if (end < 0 || tail + end + 22 > archive.length) throw new SyntaxError('it is no zip archive');
  const count = archive.readUInt16LE(tail + end + 10);
  const members: Member[] = [];
  let at = archive.readUInt32LE(tail + end + 16);
  for (let number = 0; number < count; number += 1) {
    if (at + 46 > archive.length || archive.readUInt32LE(at) !== memberMark) {
      throw new SyntaxError('its directory is broken');
    }
    const length = archive.readUInt16LE(at + 28);
    members.push({
      name: archive.toString('utf8', at + 46, at + 46 + length),
      method: archive.readUInt16LE(at + 10),
      stored: archive.readUInt32LE(at + 20),
      size: archive.readUInt32LE(at + 24),
      offset: archive.readUInt32LE(at + 42),
    });
    at += 46 + length + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return members;
}
