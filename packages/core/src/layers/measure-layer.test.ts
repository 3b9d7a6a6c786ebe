import { gzipSync } from 'node:zlib';
import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { tarHeader } from '../test-kit/tar.ts';
import { layerTar, packings, type TestEntry } from './test-kit/layer-tar.ts';
import { measure } from './test-kit/measure.ts';

const wholeBlocks = (bytes: number, size: number): number => Math.floor(bytes / size) * size;

const target = (length: number): TestEntry => ({
  path: 'link',
  type: 'symlink',
  target: 'x'.repeat(length),
});
const file = (path: string, length: number): TestEntry => ({
  path,
  content: Buffer.alloc(length, 1),
});
const hardlink = (path: string): TestEntry => ({ path, type: 'hardlink', target: 'file' });
const attribute = (length: number): TestEntry => ({
  ...file('file', 10),
  pax: { 'SCHILY.xattr.user.key': 'v'.repeat(length) },
});

const folder = (length: number): TestEntry => ({
  path: 'f',
  type: 'directory',
  pax: { 'SCHILY.xattr.user.key': 'v'.repeat(length) },
});

// What dockerd 20.10 with overlay2 was seen to take on ext4: its `size`, and what `du` gives for blocks of 4096 and of 1024 bytes.
test.each<[string, TestEntry[], number, number, number]>([
  ['nothing', [], 0, 20_480, 5120],
  ['a folder with a file of 32 bytes', [file('folder/file', 32)], 32, 28_672, 7168],
  ['a link to 59 characters', [target(59)], 59, 20_480, 5120],
  ['a link to 60 characters', [target(60)], 60, 24_576, 6144],
  [
    'a file with two more names',
    [file('file', 5000), hardlink('b'), hardlink('c')],
    5000,
    28_672,
    10_240,
  ],
  ['a file of 4096 bytes', [file('file', 4096)], 4096, 24_576, 9216],
  ['a file of 4097 bytes', [file('file', 4097)], 4097, 28_672, 10_240],
  ['a whiteout', [file('.wh.a', 0)], 0, 20_480, 5120],
  ['an opaque folder', [file('folder/.wh..wh..opq', 0)], 0, 24_576, 6144],
  [
    '1 MiB of zeros',
    [{ path: 'file', content: Buffer.alloc(1024 ** 2) }],
    1024 ** 2,
    1_069_056,
    1_053_696,
  ],
  ['a file with an attribute of 500 bytes', [attribute(500)], 10, 28_672, 7168],
  ['a file with an attribute that fits its inode', [attribute(60)], 10, 24_576, 6144],
  ['a file with an attribute that just fits', [attribute(68)], 10, 24_576, 6144],
  ['a file with an attribute that just does not', [attribute(69)], 10, 28_672, 7168],
  ['an opaque folder with an attribute', [file('f/.wh..wh..opq', 0), folder(60)], 0, 28_672, 7168],
  ['a device', [{ path: 'null', type: 'device' }], 0, 20_480, 5120],
])('%s takes its blocks above other layers', async (_, entries, size, at4096, at1024) => {
  const measured = await measure(layerTar(entries));

  expect(measured.size).toBe(size);
  expect(wholeBlocks(measured.usage, 4096)).toBe(at4096);
  expect(wholeBlocks(measured.usages?.[1024] ?? 0, 1024)).toBe(at1024);
});

test('a file of 10 bytes in the lowest layer takes two blocks less', async () => {
  const measured = await measure(layerTar([file('file', 10)]), { isBase: true });

  expect(measured).toMatchObject({ size: 10, base: true });
  expect(wholeBlocks(measured.usage, 4096)).toBe(16_384);
  expect(wholeBlocks(measured.usages?.[1024] ?? 0, 1024)).toBe(4096);
});

test('an empty tar above others has the usage that Docker gives it', async () => {
  const measured = await measure(gzipSync(Buffer.alloc(1024)));

  expect(measured.size).toBe(0);
  expect(Math.abs(measured.usage - 20_562)).toBeLessThanOrEqual(25);
});

test('inodes are those of the files and of what the store keeps', async () => {
  const tar = layerTar([file('folder/file', 1), target(5)]);
  const inodes = async (more: object): Promise<number> => (await measure(tar, more)).inodes;

  // The folder of all, the folder, the file, the link.
  expect(await inodes({ isBase: true })).toBe(4 + 9);
  expect(await inodes({ isBase: false })).toBe(4 + 12);
  expect(await inodes({ store: 'containerd' })).toBe(4 + 3);
});

test('what is no file has no content, whatever its header says', async () => {
  const header = tarHeader({ name: 'link', type: '2', link: 'file', size: 700 });
  const tar = Buffer.concat([header, layerTar([file('file', 10)])]);

  expect(await measure(tar)).toMatchObject({ size: 14, entries: 2 });
});

test('an old sparse file counts with its holes, and its map may be long', async () => {
  const header = tarHeader({ name: 'sparse', type: 'S', size: 512 });
  header.write('00000100000\0', 483);
  header.writeUInt8(1, 482);
  header.write(' '.repeat(8), 148);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  const maps = [Buffer.alloc(512), Buffer.alloc(512)];
  maps[0]?.writeUInt8(1, 504);
  const content = Buffer.alloc(512, 'x');

  const measured = await measure(
    Buffer.concat([header, ...maps, content, layerTar([file('file', 10)])]),
  );

  expect(measured).toMatchObject({ size: 0o100000 + 10, entries: 2 });
});

test('a folder of 200 long names has an index', async () => {
  const names = Array.from({ length: 200 }, (_, n) => `${n}`.padStart(204, 'n'));
  const entries = names.map((name) => file(`folder/${name}`, 0));

  const { usage, usages } = await measure(layerTar(entries));

  const tarSplit = usage - 86_016;
  expect(tarSplit).toBeGreaterThan(0);
  expect(usages).toEqual({ 4096: 86_016 + tarSplit, 1024: 74_752 + tarSplit });
});

test('one block size needs no list of usages', async () => {
  const measured = await measure(layerTar([]), { blockSizes: [1024] });

  expect(measured.usages).toBeUndefined();
  expect(wholeBlocks(measured.usage, 1024)).toBe(5120);
});

test('containerd keeps the blob beside the files, and nothing else of the tar', async () => {
  const blob = gzipSync(layerTar([file('file', 5000)]));

  const { usage, usages } = await measure(blob, { store: 'containerd' });

  expect(usage).toBe(3 * 4096 + 2 * 4096 + 4096);
  expect(usages?.[1024]).toBe(3 * 1024 + 5 * 1024 + 1024);
});

test('a later entry takes the place of an earlier one, with all that was in it', async () => {
  const entries = [
    file('a/b/c', 9000),
    file('a', 1),
    file('d', 7),
    { path: 'd', type: 'directory' as const },
  ];

  expect(await measure(layerTar(entries))).toMatchObject({
    ...(await measure(layerTar([file('a', 1), { path: 'd', type: 'directory' }]))),
    ...{ usage: expect.any(Number), usages: expect.any(Object), entries: 4 },
    ...{ archive_size: expect.any(Number), diff_id: expect.any(String) },
  });
});

test('a path is the same with dots, slashes and a slash before it', async () => {
  const paths = ['a/b', './a/b', '/a/b', 'a//b', 'a/./b', 'x/../a/b'];

  const { inodes, entries } = await measure(layerTar(paths.map((path) => file(path, 10))));
  const once = await measure(layerTar([file('a/b', 10)]));

  expect({ inodes, entries }).toEqual({ inodes: once.inodes, entries: 6 });
});

test('a whiteout hides nothing of its own layer', async () => {
  const plain = await measure(layerTar([file('a/b', 10)]));
  const hidden = await measure(layerTar([file('a/b', 10), file('.wh.a', 0), file('a/.wh.b', 0)]));

  expect(hidden).toMatchObject({ size: plain.size, inodes: plain.inodes });
});

test('what storage drivers left behind is not unpacked', async () => {
  const plain = await measure(layerTar([file('a', 10)]));
  const more = await measure(
    layerTar([file('.wh..wh.plnk/1.2', 10), file('.wh..wh.aufs', 0), file('a', 10)]),
  );

  expect(more).toMatchObject({ size: plain.size, inodes: plain.inodes });
});

test.each([
  [
    'by pax',
    { 'GNU.sparse.major': '1', 'GNU.sparse.realsize': '20000', 'GNU.sparse.name': 'file' },
  ],
  ['by an older pax', { 'GNU.sparse.size': '20000', 'GNU.sparse.map': '0,10' }],
])('a sparse file counts with its holes: %s', async (_, pax) => {
  const measured = await measure(
    layerTar([{ path: 'GNUSparseFile.0/file', content: 'short', pax }]),
  );

  expect(measured.size).toBe(20_000);
});

test.each(Object.entries(packings))('a layer in the form %s is itself', async (_, pack) => {
  const tar = layerTar([file('folder/file', 5000), target(70)]);
  const blob = pack(tar);

  const { archive_size, diff_id, ...rest } = await measure(blob, { diffId: digestOf(tar) });
  const plain = await measure(tar);

  expect({ archive_size, diff_id }).toEqual({
    archive_size: blob.byteLength,
    diff_id: digestOf(tar),
  });
  expect({ ...plain, ...rest }).toEqual(plain);
});

test('progress tells of all bytes', async () => {
  const seen: number[] = [];
  const blob = layerTar([file('file', 3000)]);

  await measure(blob, { onProgress: (received) => seen.push(received) });

  expect(seen).toEqual([1000, 2000, 3000, 4000, blob.byteLength]);
});

test('a size that no ext4 has is refused before anything is read', async () => {
  const open = (): never => {
    throw new Error('it was read');
  };

  await expect(measure(layerTar([]), { blockSizes: [1000], open })).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: '1000 is no block size of ext4',
  });
});
