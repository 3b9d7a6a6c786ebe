import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readChunks } from './read-chunks.ts';

const mebibyte = 1024 * 1024;
const content = Buffer.from(Array.from({ length: 1024 }, (_, at) => digestOf(`${at}`)).join(''));
const bytes = Buffer.concat(Array.from({ length: 80 }, () => content)).subarray(0, 5_500_000);

test('any part of a file is read as it is, whoever holds a chunk while the next is read', async () => {
  await using folder = await temporaryDirectory('chunks');
  const file = join(folder.path, 'file');
  await writeFile(file, bytes);
  const part = fc.tuple(fc.nat(bytes.length), fc.nat(bytes.length));

  await fc.assert(
    fc.asyncProperty(part, async ([offset, size]) => {
      const seen: Buffer[] = [];
      let held: Uint8Array | undefined;
      for await (const chunk of readChunks(file, offset, size)) {
        if (held !== undefined) seen.push(Buffer.from(held));
        held = chunk;
      }
      if (held !== undefined) seen.push(Buffer.from(held));
      expect(Buffer.concat(seen).equals(bytes.subarray(offset, offset + size))).toBe(true);
    }),
    { numRuns: 20, examples: [[[0, 5_500_000]], [[0, 0]], [[mebibyte, 3 * mebibyte]]] },
  );
});

test('of a file that is larger than a few chunks no more than three are in memory', async () => {
  await using folder = await temporaryDirectory('chunks');
  const file = join(folder.path, 'file');
  await writeFile(file, bytes);

  const buffers = new Set<ArrayBufferLike>();
  for await (const { buffer } of readChunks(file, 0, bytes.length)) buffers.add(buffer);

  expect(buffers.size).toBe(3);
});
