import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encodedOf } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parseInstalled } from './parse-installed.ts';
import { blob } from './test-app.ts';

const [a, b] = [blob('a'), blob('b')];

test('a line is a digest with or without its algorithm, or an image', async () => {
  const found = await parseInstalled([a, encodedOf(b), `ghcr.io/acme/app@${a}`, 'alpine:3.22']);

  expect(found).toEqual({
    digests: [a, b],
    images: [
      { registry: 'ghcr.io', repository: 'acme/app', digest: a },
      { registry: 'docker.io', repository: 'library/alpine', tag: '3.22' },
    ],
  });
});

test('a file that is there is the listing of a store, less what a broken download left', async () => {
  await using folder = await temporaryDirectory('device');
  const file = join(folder.path, 'blobs.txt');
  await writeFile(file, `${encodedOf(a)}\r\n${encodedOf(b)}\n\noci-put-blob123\n`);

  expect(await parseInstalled([file])).toEqual({ digests: [a, b], images: [] });
});

test('a file with another list is an error that names the line', async () => {
  await using folder = await temporaryDirectory('device');
  const file = join(folder.path, 'blobs.txt');
  await writeFile(file, `${encodedOf(a)}\n-rw-r--r-- 1 root root 32 ${encodedOf(b)}\n`);

  await expect(parseInstalled([file])).rejects.toThrow(/as name 2, which is no digest$/);
});

test.each(['ghcr.io/acme/app', 'device/blobs.txt', 'sha256:12', '..', `${encodedOf(a)}0`])(
  'a line that is none of these is an error: %s',
  async (line) => {
    await expect(parseInstalled([line])).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: `${JSON.stringify(line)} in installed is no digest, no file that is there, and no image with its tag or digest`,
      hint: expect.stringMatching(/"ls blobs\/sha256"/),
    });
  },
);

test('a file that is too large for a listing is not read', async () => {
  await using folder = await temporaryDirectory('device');
  const file = join(folder.path, 'disk.raw');
  await writeFile(file, Buffer.alloc(16 * 1024 * 1024 + 1));

  await expect(parseInstalled([file])).rejects.toThrow(/has 16777217 bytes, at most 16777216 go$/);
});
