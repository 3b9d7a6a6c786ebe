import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { blobsFromFiles } from './blobs-from-files.ts';
import { parseMediaTypes } from './media-type-map.ts';

const title = 'org.opencontainers.image.title';

async function folderOf(...names: readonly string[]) {
  const folder = await temporaryDirectory('files');
  const files: { readonly path: string }[] = [];
  for (const name of names) {
    const file = path.join(folder.path, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, name);
    files.push({ path: file });
  }
  return { files, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

const types = { mediaTypes: new Map(), defaultMediaType: 'application/octet-stream' };
const titlesOf = (blobs: Awaited<ReturnType<typeof blobsFromFiles>>) =>
  blobs.map(({ descriptor }) => descriptor.annotations?.[title]);

test('files of one folder are titled by their names, and sorted', async () => {
  await using folder = await folderOf('out/b.log', 'out/a.raw', 'out/B', 'out/_x');

  const blobs = await blobsFromFiles({ ...types, files: folder.files });

  expect(titlesOf(blobs)).toEqual(['B', '_x', 'a.raw', 'b.log']);
  expect(blobs[2]?.descriptor).toMatchObject({ digest: digestOf('out/a.raw'), size: 9 });
});

test('files of several folders are titled from the folder that they share', async () => {
  await using folder = await folderOf('out/b/x', 'out/a/c/x', 'out/a/y');

  expect(titlesOf(await blobsFromFiles({ ...types, files: folder.files }))).toEqual([
    'a/c/x',
    'a/y',
    'b/x',
  ]);
});

test('one file is titled by its name, also by a path that goes around', async () => {
  await using folder = await folderOf('out/deep/x');
  const [file] = folder.files;
  const around = path.relative(process.cwd(), file?.path ?? '');

  expect(titlesOf(await blobsFromFiles({ ...types, files: [{ path: around }] }))).toEqual(['x']);
});

test('the type that a file was given goes before the map, and the map before the default', async () => {
  await using folder = await folderOf('a.raw', 'b.raw', 'c');
  const [a = { path: '' }, ...others] = folder.files;
  const mediaTypes = parseMediaTypes(['raw=application/vnd.raw']);
  const files = [{ ...a, mediaType: 'application/vnd.mine' }, ...others];

  const blobs = await blobsFromFiles({ files, mediaTypes, defaultMediaType: 'text/plain' });

  expect(blobs.map(({ descriptor }) => descriptor.mediaType)).toEqual([
    'application/vnd.mine',
    'application/vnd.raw',
    'text/plain',
  ]);
});

test('all files without a type are named before any file is read', async () => {
  const files = ['none/a.x', 'none/b.y', 'none/c.raw'].map((name) => ({ path: name }));
  const mediaTypes = parseMediaTypes(['raw=application/vnd.raw']);

  await expect(blobsFromFiles({ files, mediaTypes })).rejects.toMatchObject({
    code: 'MEDIA_TYPE_UNKNOWN',
    message: 'no media type is known for a.x, b.y',
  });
});

test('no files are no blobs', async () => {
  expect(await blobsFromFiles({ ...types, files: [] })).toEqual([]);
});
