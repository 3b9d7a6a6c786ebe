import { execFile, spawnSync } from 'node:child_process';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Descriptor } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openLayout } from './open-layout.ts';
import { testLayout, writeLayout } from './test-kit/layout.ts';
import { type TarFormat, tarHeader, tarOf } from './test-kit/tar.ts';

const layout = testLayout();
const image = layout.image('linux/amd64');
const empty = layout.blob('', 'application/vnd.example.log');
layout.finish([image]);
const indexText = layout.files.get('index.json');

async function expectWhole(source: string): Promise<void> {
  const opened = await openLayout(source);
  const read = async ({ digest }: Descriptor): Promise<Buffer> =>
    Buffer.concat(await Array.fromAsync(opened.open(digest)));

  expect(Buffer.from(await opened.index())).toEqual(indexText);
  expect(await opened.size(image.digest)).toBe(image.size);
  expect(JSON.parse((await read(image)).toString())).toMatchObject({ schemaVersion: 2 });
  expect([await opened.size(empty.digest), await read(empty)]).toEqual([0, Buffer.alloc(0)]);
  expect(await opened.size(`sha256:${'0'.repeat(64)}`)).toBeUndefined();
}

/** Opens these bytes as an archive. */
async function openArchive(bytes: Uint8Array, size?: number): Promise<unknown> {
  await using folder = await temporaryDirectory('layout');
  const file = path.join(folder.path, 'a.tar');
  await writeFile(file, bytes);
  if (size !== undefined) await truncate(file, size);
  return await openLayout(`oci-archive:${file}`);
}

test('a layout is read from a folder', async () => {
  await using folder = await temporaryDirectory('layout');

  await expectWhole(`oci:${await writeLayout(layout, folder.path)}`);
});

test.each<TarFormat>(['ustar', 'gnu', 'pax', 'base-256'])(
  'a layout is read from a tar archive of the kind %s',
  async (format) => {
    await using folder = await temporaryDirectory('layout');
    const file = path.join(folder.path, 'a.tar');
    await writeFile(file, tarOf(layout.files, format));

    await expectWhole(`oci-archive:${file}`);
  },
);

test('names may begin with "./", and other entries are passed over', async () => {
  await using folder = await temporaryDirectory('layout');
  const files = new Map([...layout.files].map(([name, content]) => [`./${name}`, content]));
  const more = [
    tarHeader({ name: 'pax_global_header', size: 3, type: 'g' }),
    Buffer.from('x'.padEnd(512, '\0')),
    tarHeader({ name: 'blobs/', size: 0, type: '5' }),
    tarHeader({ name: 'index.json', size: 0, type: '2' }),
  ];
  const file = path.join(folder.path, 'a.tar');
  await writeFile(file, Buffer.concat([...more, tarOf(files, 'gnu')]));

  await expectWhole(`oci-archive:${file}`);
});

const hasTar = spawnSync('tar', ['--version']).status === 0;

test.skipIf(!hasTar)('what tar itself writes is read', async () => {
  await using folder = await temporaryDirectory('layout');
  await using other = await temporaryDirectory('archive');
  await writeLayout(layout, folder.path);
  const file = path.join(other.path, 'a.tar');

  await promisify(execFile)('tar', ['-cf', file, '-C', folder.path, '.']);

  await expectWhole(`oci-archive:${file}`);
});

const archive = tarOf(layout.files, 'ustar');
const [firstHeader = Buffer.alloc(0)] = [archive.subarray(0, 512)];
const huge = 1024 ** 3;

test.each([
  ['no tar archive', Buffer.from('hello '.repeat(200)), 'a header has a wrong checksum'],
  [
    'cut within a file',
    archive.subarray(0, archive.length - 1400),
    'beyond the end of the archive',
  ],
  [
    'a file that says it is larger than the archive',
    Buffer.concat([tarHeader({ name: 'index.json', size: 8 ** 11 - 1 }), archive]),
    'beyond the end of the archive',
  ],
  [
    'a file of more bytes than numbers count',
    Buffer.concat([
      tarHeader({ name: 'x', size: Number.MAX_SAFE_INTEGER * 4, binary: true }),
      archive,
    ]),
    'beyond the end of the archive',
  ],
  [
    'a pax header without an end',
    Buffer.concat([tarHeader({ name: 'x', size: 4, type: 'x' }), Buffer.alloc(512, 'a')]),
    'a pax header is damaged',
  ],
])('an archive is refused: %s', async (_, bytes, cause) => {
  await expect(openArchive(bytes)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringMatching(/a\.tar is not an OCI image layout: it cannot be read/),
    cause: expect.objectContaining({ message: expect.stringContaining(cause) }),
  });
});

test.each(['L', 'K', 'x'])(
  'a header of type %s with a gigabyte of content is not read',
  async (type) => {
    const header = tarHeader({ name: 'x', size: huge, type });

    await expect(openArchive(header, huge + 2048)).rejects.toMatchObject({
      cause: expect.objectContaining({ message: `a header of ${huge} bytes is too long` }),
    });
  },
);

test('an index.json of a gigabyte is not read', async () => {
  const header = tarHeader({ name: 'index.json', size: huge });

  await expect(openArchive(header, huge + 2048)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
    message: expect.stringContaining(`its index.json has ${huge} bytes`),
  });
});

test('an archive without index.json is no layout', async () => {
  await expect(openArchive(Buffer.concat([firstHeader, Buffer.alloc(2048)]))).rejects.toMatchObject(
    {
      code: 'SOURCE_INVALID',
      message: expect.stringContaining('it has no index.json'),
    },
  );
});

test.each(['oci:', 'oci-archive:'])('what is not there is no layout: %s', async (transport) => {
  await using folder = await temporaryDirectory('layout');

  await expect(openLayout(`${transport}${path.join(folder.path, 'none')}`)).rejects.toMatchObject({
    code: 'SOURCE_INVALID',
  });
});

test.each(['', 'docker:app', '/tmp/x', 'oci:'])('%j is no source', async (source) => {
  await expect((async () => openLayout(source))()).rejects.toMatchObject({
    code: 'INPUT_INVALID',
  });
});
