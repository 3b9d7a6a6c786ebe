import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { writeLargeFile } from './large-file.ts';

const size = 20 * 1024 * 1024 + 1;

test.each([false, true])(
  'a large file has its size and its digest (sparse: %s)',
  async (sparse) => {
    await using folder = await temporaryDirectory('large');
    const path = join(folder.path, 'file');

    const { descriptor } = await writeLargeFile(path, size, sparse);

    expect(descriptor).toMatchObject({ size, digest: digestOf(await readFile(path)) });
  },
);

test('what is sparse takes little room', async () => {
  await using folder = await temporaryDirectory('large');
  const path = join(folder.path, 'file');

  await writeLargeFile(path, 128 * 1024 ** 2, true);

  expect((await stat(path)).blocks * 512).toBeLessThan(32 * 1024 * 1024);
});
