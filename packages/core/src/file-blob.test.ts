import { appendFile, mkdir, open, rm, truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { digestOf } from '@oci-matrix/oci';
import { startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { blobFromFile } from './file-blob.ts';
import { pushBlobs } from './push-blobs.ts';
import { openRepository } from './test-kit/test-repository.ts';

const type = 'application/vnd.example.disk';
const mebibyte = 1024 * 1024;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

async function inFolder(): Promise<AsyncDisposable & { readonly file: string }> {
  const folder = await temporaryDirectory('blob');
  return {
    file: path.join(folder.path, 'file'),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

test('a file has its digest, its size and what was said of it', async () => {
  await using place = await inFolder();
  await writeFile(place.file, 'hello');

  const { descriptor, source } = await blobFromFile(place.file, type, { annotations: { a: 'b' } });

  expect(descriptor).toEqual({
    mediaType: type,
    digest: digestOf('hello'),
    size: 5,
    annotations: { a: 'b' },
  });
  for (const _ of ['first', 'again']) {
    expect(Buffer.concat(await Array.fromAsync(source.open())).toString()).toBe('hello');
  }
});

test('an empty file is a blob like any other', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  await using place = await inFolder();
  await writeFile(place.file, '');
  const blob = await blobFromFile(place.file, type);

  await pushBlobs({ repository: opened.repository, blobs: [blob] });

  expect(blob.descriptor).toMatchObject({ size: 0, digest: digestOf('') });
  expect(registry.blob('octo/app', digestOf(''))?.byteLength).toBe(0);
});

test('memory does not grow with the size of a file', async () => {
  await using place = await inFolder();
  await writeFile(place.file, '');
  await truncate(place.file, 64 * mebibyte);

  const { descriptor, source } = await blobFromFile(place.file, type);
  const chunks: number[] = [];
  collectGarbage();
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  for await (const chunk of source.open()) {
    chunks.push(chunk.byteLength);
    if (chunks.length % 8 > 0) continue;
    collectGarbage();
    most = Math.max(most, process.memoryUsage().arrayBuffers);
  }

  expect(descriptor.size).toBe(64 * mebibyte);
  expect(Math.max(...chunks)).toBeLessThanOrEqual(mebibyte);
  expect(chunks.reduce((sum, size) => sum + size)).toBe(64 * mebibyte);
  expect(most).toBeLessThan(before + 16 * mebibyte);
});

const changes = [
  ['grew', (file: string) => appendFile(file, 'x')],
  ['shrank', (file: string) => truncate(file, 3)],
  ['has other bytes', (file: string) => writeFile(file, 'y'.repeat(100_000))],
  [
    'is another file',
    async (file: string) => {
      await rm(file);
      await writeFile(file, 'x'.repeat(100_000));
    },
  ],
] as const;

test.each(changes)('a file that %s since it was digested is not pushed', async (_, change) => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  await using place = await inFolder();
  await writeFile(place.file, 'x'.repeat(100_000));
  const blob = await blobFromFile(place.file, type);
  await change(place.file);

  const pushing = pushBlobs({ repository: opened.repository, blobs: [blob] });

  await expect(pushing).rejects.toMatchObject({
    code: 'FILE_CHANGED',
    message: `${place.file} changed while it was read`,
  });
  expect(registry.blobs('octo/app')).toEqual([]);
});

test.each(changes.slice(0, 3))(
  'a file that %s while it is read is found out',
  async (_, change) => {
    await using place = await inFolder();
    await writeFile(place.file, 'x'.repeat(3 * mebibyte));
    const { source } = await blobFromFile(place.file, type);

    const reading = async (): Promise<void> => {
      let seen = 0;
      for await (const chunk of source.open()) {
        if (seen === 0) await change(place.file);
        seen += chunk.byteLength;
        expect(seen).toBeLessThanOrEqual(3 * mebibyte);
      }
    };

    await expect(reading()).rejects.toMatchObject({ code: 'FILE_CHANGED' });
  },
);

test.each([
  ['a missing file', async () => {}, 'ENOENT'],
  ['a folder', (file: string) => mkdir(file), 'is not a regular file'],
])('%s is no file', async (_, make, reason) => {
  await using place = await inFolder();
  await make(place.file);

  await expect(blobFromFile(place.file, type)).rejects.toMatchObject({
    code: 'FILE_NOT_FOUND',
    message: expect.stringContaining(reason),
  });
});

test.skipIf(process.platform === 'win32' || process.getuid?.() === 0)(
  'a file that may not be read is no file',
  async () => {
    await using place = await inFolder();
    const handle = await open(place.file, 'w');
    await handle.chmod(0);
    await handle.write('x');
    await handle.close();

    await expect(blobFromFile(place.file, type)).rejects.toMatchObject({
      code: 'FILE_NOT_FOUND',
      message: expect.stringContaining('EACCES'),
    });
  },
);
