import { deflateRawSync } from 'node:zlib';
import { zipOf } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { zipMember } from './zip-member.ts';

const text = (archive: Buffer, name = 'record.json'): string | undefined =>
  zipMember(archive, name, 100)?.toString();

/** An archive of one file, whose content and whose size are what somebody claims. */
function packed(content: Buffer, claimed: number): Buffer {
  const archive = zipOf({ 'record.json': content });
  const directory = archive.indexOf(Buffer.from('504b0102', 'hex'));
  archive.writeUInt16LE(8, directory + 10);
  archive.writeUInt32LE(claimed, directory + 24);
  return archive;
}

test('of several files the one that is asked for is read', () => {
  const archive = zipOf({ 'a.txt': 'a', 'record.json': '{}', 'b/record.json': 'b' });

  expect(text(archive)).toBe('{}');
  expect(text(archive, 'b/record.json')).toBe('b');
  expect(text(archive, 'c')).toBeUndefined();
});

test('what is compressed is unpacked', () => {
  const content = deflateRawSync(Buffer.from('{"a":1}'));

  expect(text(packed(content, 7))).toBe('{"a":1}');
});

test('a comment behind the directory does not hide it', () => {
  const archive = zipOf({ 'record.json': '{}' });
  archive.writeUInt16LE(5, archive.length - 2);

  expect(text(Buffer.concat([archive, Buffer.from('hello')]))).toBe('{}');
});

test('a file that is larger than it may be is not unpacked, whatever its size claims to be', () => {
  const bomb = deflateRawSync(Buffer.alloc(1_000_000));

  expect(() => text(packed(bomb, 1_000_000))).toThrow(RangeError);
  expect(() => text(packed(bomb, 50))).toThrow(RangeError);
});

test.each([
  ['nothing', Buffer.alloc(0)],
  ['words', Buffer.from('PK is no archive')],
  ['half of an archive', zipOf({ 'record.json': '{}' }).subarray(0, 60)],
  ['an archive that lost its beginning', zipOf({ 'record.json': '{}' }).subarray(20)],
])('%s is no archive', (_, bytes) => {
  expect(() => text(bytes)).toThrow(SyntaxError);
});
