import { mkdtempDisposable, open, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createBatchWriter } from './batch-writer.ts';

const folder = () => mkdtempDisposable(join(tmpdir(), 'oci-matrix-batch-'));

test('pieces of all sizes are in the file, in their order', async () => {
  await using parent = await folder();
  const path = join(parent.path, 'file');
  const sizes = [0, 1, 700_000, 400_000, 3_000_000, 5, 1_048_576];
  const pieces = sizes.map((size, n) => Buffer.alloc(size, `piece ${n}`));
  await using file = await open(path, 'a');
  const writer = createBatchWriter(file);

  for (const piece of pieces) await writer.write(piece);
  await writer.flush();

  expect((await readFile(path)).equals(Buffer.concat(pieces))).toBe(true);
});

test('what fails on its way to the disk is told at the latest at the end', async () => {
  await using parent = await folder();
  const path = join(parent.path, 'file');
  await writeFile(path, '');
  await using file = await open(path, 'r');
  const writer = createBatchWriter(file);

  await writer.write(Buffer.alloc(2_000_000));

  await expect(writer.flush()).rejects.toThrow('EBADF');
});
