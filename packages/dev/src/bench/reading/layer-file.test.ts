import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import { digestOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { writeLayer } from './layer-file.ts';

const mebibyte = 1024 * 1024;

test.each(['gzip', 'zstd'] as const)(
  'a layer is what it says, and our reader takes it: %s',
  async (packing) => {
    await using folder = await temporaryDirectory('layer');
    const path = join(folder.path, 'layer');

    const { digest, size } = await writeLayer(path, { packing, size: 5 * mebibyte, noise: 4 });

    const bytes = await readFile(path);
    const unpacked = packing === 'gzip' ? gunzipSync(bytes) : zstdDecompressSync(bytes);
    expect({ digest, size }).toEqual({ digest: digestOf(bytes), size: bytes.byteLength });
    expect(unpacked.byteLength).toBe(5 * mebibyte + 2 * 512 + 1024);
    const reader = join(import.meta.dirname, 'read-layer.ts');
    const read = spawnSync(process.execPath, [reader, path, digest, String(size)], {
      encoding: 'utf8',
    });
    expect(read).toMatchObject({ status: 0, stderr: '' });
  },
);

test('a reader that is given the wrong digest fails', async () => {
  await using folder = await temporaryDirectory('layer');
  const path = join(folder.path, 'layer');
  const { size } = await writeLayer(path, { packing: 'gzip', size: mebibyte, noise: 4 });

  const reader = join(import.meta.dirname, 'read-layer.ts');
  const read = spawnSync(process.execPath, [reader, path, digestOf('other'), String(size)], {
    encoding: 'utf8',
  });

  expect(read.status).toBe(1);
  expect(read.stderr).toContain('DIGEST_MISMATCH');
});
