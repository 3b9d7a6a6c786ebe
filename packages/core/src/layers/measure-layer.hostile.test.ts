import { gzipSync, zstdCompressSync } from 'node:zlib';
import { type Descriptor, descriptorOf, digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { tarHeader } from '../test-kit/tar.ts';
import { layerTar, paxHeader, tarEnd, withContent } from './test-kit/layer-tar.ts';
import { inChunks, measure } from './test-kit/measure.ts';

const tar = layerTar([{ path: 'file', content: Buffer.alloc(100_000, 'text ') }]);
const blob = gzipSync(tar);
const descriptor = descriptorOf(blob, mediaTypes.imageLayerGzip);
const layer = (of: Descriptor): string => `the layer ${of.digest}`;

test('a blob that ends too early is named', async () => {
  const open = () => inChunks(blob.subarray(0, -20), 100);

  await expect(measure(blob, { open })).rejects.toMatchObject({
    code: 'TRUNCATED',
    message: `${layer(descriptor)} ends too early: expected ${blob.byteLength} bytes, got ${blob.byteLength - 20}`,
  });
});

test('a blob that goes on is named', async () => {
  const open = () => inChunks(Buffer.concat([blob, Buffer.alloc(100)]), 100);

  await expect(measure(blob, { open })).rejects.toMatchObject({
    code: 'SIZE_MISMATCH',
    message: expect.stringContaining(layer(descriptor)),
  });
});

// Wherever it is damaged: what cannot be unpacked, or is no tar, for that reason has another digest above all.
test.each([0, 15, 60, -3])('a blob with a wrong byte at %d has another digest', async (at) => {
  const damaged = Buffer.from(blob);
  damaged.writeUInt8(
    damaged.readUInt8((at + blob.byteLength) % blob.byteLength) ^ 0xff,
    (at + blob.byteLength) % blob.byteLength,
  );
  const open = () => inChunks(damaged, 10);

  await expect(measure(blob, { open })).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
    message: expect.stringContaining(layer(descriptor)),
  });
});

test.each([
  ['plain', tar],
  ['gzip', blob],
])('a wrong diff id is named: %s', async (_, bytes) => {
  const other = digestOf('other');

  await expect(measure(bytes, { diffId: other })).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
    message: `what ${layer(descriptorOf(bytes, 'x/y'))} unpacks to has another digest: expected ${other}, got ${digestOf(tar)}`,
  });
});

const file = (size: number, more = {}): Buffer => tarHeader({ name: 'file', size, ...more });
const binarySize = (...bytes: readonly number[]): Buffer => {
  const header = file(0);
  header.fill(0, 124, 136);
  Buffer.from(bytes).copy(header, 124);
  return signed(header);
};
const signed = (header: Buffer): Buffer => {
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
};
const textSize = (text: string): Buffer => {
  const header = file(0);
  header.write(text.padEnd(12, '\0'), 124);
  return signed(header);
};
const longName = (size: number): Buffer =>
  withContent(
    { name: 'long', type: 'L', size: size + 1 },
    Buffer.alloc(size + 1, 'n').fill(0, size),
  );

test.each<[string, Buffer, RegExp]>([
  ['text', Buffer.from('no tar at all, '.repeat(100)), /a header has a wrong checksum/],
  ['a tar that ends within a header', tar.subarray(0, 300), /it ends within a header/],
  [
    'a tar that ends within a file',
    tar.subarray(0, 2000),
    /it ends 98512 bytes before the end of a file/,
  ],
  [
    'content behind one block of zeros',
    Buffer.concat([Buffer.alloc(512), tar]),
    /behind a block of zeros/,
  ],
  ['a negative size', textSize('-0000000001'), /a size of NaN bytes/],
  [
    'a negative size in base 256',
    binarySize(...Array<number>(12).fill(0xff)),
    /a size of [0-9.e+]+ bytes/,
  ],
  ['a size beyond 2^53', binarySize(0x80, 0, 0, 0, 0, 0x40), /a size of [0-9.e+]+ bytes/],
  [
    'a size by pax beyond 2^53',
    Buffer.concat([paxHeader({ size: '99999999999999999999' }), file(0)]),
    /a pax header has a size of "9+" bytes/,
  ],
  [
    'a negative size by pax',
    Buffer.concat([paxHeader({ size: '-1' }), file(0)]),
    /a pax header has a size of "-1" bytes/,
  ],
  [
    'a billion bytes that are not there',
    Buffer.concat([file(1e9), tarEnd]),
    /it ends 999998976 bytes before/,
  ],
  [
    'a path of 1 MB',
    Buffer.concat([longName(1_000_000), file(0), tarEnd]),
    /a path has 1000000 bytes, at most 4095 go/,
  ],
  [
    'a pax header of 2 MB',
    Buffer.concat([tarHeader({ name: 'pax', type: 'x', size: 2_000_000 }), Buffer.alloc(3e6)]),
    /a header has 2000000 bytes of names/,
  ],
  [
    'a name of 300 bytes',
    Buffer.concat([longName(300), file(0), tarEnd]),
    /a name has 300 bytes, at most 255 go/,
  ],
  [
    'a pax record longer than its header',
    withContent({ name: 'pax', type: 'x', size: 11 }, Buffer.from('99 path=a\n\n')),
    /a pax header is damaged/,
  ],
  [
    'a path out of the layer',
    layerTar([{ path: 'a/../../b' }]),
    /the path "a\/..\/..\/b" leads out of the layer/,
  ],
  [
    'a hard link to nothing',
    layerTar([{ path: 'a', type: 'hardlink', target: 'b' }]),
    /a hard link leads to "b"/,
  ],
  ['an entry of an unknown type', file(0, { type: 'V' }), /of the type "V"/],
  ['a whiteout of nothing', layerTar([{ path: '.wh.' }]), /a whiteout has no name/],
  ['a whiteout of what is above', layerTar([{ path: 'a/.wh...' }]), /a whiteout has no name/],
  ['a file without a name', layerTar([{ path: './', content: 'x' }]), /an entry has no name/],
])('%s is no layer', async (_, bytes, reason) => {
  const packed = gzipSync(bytes);

  const failure = await measure(packed).catch((error: unknown) => error);

  expect(failure).toMatchObject({
    code: 'LAYER_INVALID',
    message: expect.stringMatching(reason),
  });
  expect(failure).toMatchObject({
    message: expect.stringContaining(`the layer ${digestOf(packed)} cannot be measured: `),
  });
});

test.each([
  ['gzip', gzipSync(tar)],
  ['zstd', zstdCompressSync(tar)],
])('a blob of %s that was cut before it was digested cannot be decompressed', async (_, whole) => {
  await expect(measure(whole.subarray(0, -10))).rejects.toMatchObject({
    code: 'LAYER_INVALID',
    message: expect.stringMatching(/it cannot be decompressed: /),
  });
});

test('a bomb ends at its limit', async () => {
  const bomb = zstdCompressSync(
    Buffer.concat([file(64 * 1024 ** 2), Buffer.alloc(64 * 1024 ** 2), tarEnd]),
  );

  await expect(measure(bomb, { limits: { unpacked: 1024 ** 2 } })).rejects.toMatchObject({
    code: 'LAYER_INVALID',
    message: expect.stringMatching(/it unpacks to more than [0-9]+ bytes$/),
  });
});

test.each([
  ['entries', 'a'],
  ['folders that they imply', `${'a/'.repeat(99)}b`],
])('too many files end it: %s', async (_, path) => {
  const many = layerTar(Array.from({ length: 101 }, (__, n) => ({ path: `${path}${n}` })));

  await expect(measure(many, { limits: { entries: 100 } })).rejects.toMatchObject({
    code: 'LAYER_INVALID',
    message: expect.stringMatching(/more than 100 (?:entries|files)$/),
  });
});

test('too many bytes of paths end it', async () => {
  const many = layerTar(Array.from({ length: 11 }, () => ({ path: 'x'.repeat(100) })));

  await expect(measure(many, { limits: { pathBytes: 1000 } })).rejects.toMatchObject({
    message: expect.stringMatching(/its paths have more than 1000 bytes together$/),
  });
});

test('too many bytes of headers end it', async () => {
  const pax = { comment: 'x'.repeat(500) };
  const many = layerTar(Array.from({ length: 5 }, (_, n) => ({ path: `${n}`, pax })));

  await expect(measure(many, { limits: { allMetadata: 2000 } })).rejects.toMatchObject({
    message: expect.stringMatching(/its headers have more than 2000 bytes together$/),
  });
});

test('whoever gives up gets no more of it', async () => {
  const giveUp = new AbortController();
  const onProgress = (): void => giveUp.abort(new Error('enough'));

  await expect(measure(tar, { onProgress, signal: giveUp.signal })).rejects.toThrow('enough');
});

test('what is behind the last member is digested and passed over', async () => {
  const more = Buffer.concat([blob, Buffer.alloc(5000)]);

  expect(await measure(more, { diffId: digestOf(tar) })).toMatchObject({
    archive_size: more.byteLength,
    size: 100_000,
  });
});
