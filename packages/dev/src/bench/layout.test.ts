import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseManifest } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { annotateImage, writeImage } from './layout.ts';

async function manifestIn(folder: string) {
  const parsed = parseManifest(await readFile(join(folder, 'index.json')));
  const [entry] = parsed.kind === 'index' ? parsed.index.manifests : [];
  const name = entry?.digest.replace('sha256:', '') ?? '';
  return { entry, bytes: await readFile(join(folder, 'blobs/sha256', name)) };
}

test('an image is written with its config, its layers and a name', async () => {
  await using folder = await temporaryDirectory('layout');

  const { layers, tag } = await writeImage(folder.path, 'seed', { layers: 3, size: 100 });
  const { entry, bytes } = await manifestIn(folder.path);

  expect(parseManifest(bytes)).toMatchObject({ kind: 'image', image: { layers } });
  expect(entry?.annotations).toEqual({ 'org.opencontainers.image.ref.name': tag });
  expect(await readdir(join(folder.path, 'blobs/sha256'))).toHaveLength(5);
});

test('another manifest has the same layers', async () => {
  await using folder = await temporaryDirectory('layout');
  const image = await writeImage(folder.path, 'seed', { layers: 1, size: 100 });
  const before = await manifestIn(folder.path);

  const again = await annotateImage(image, 'second');
  const after = await manifestIn(folder.path);

  expect(again.layers).toEqual(image.layers);
  expect(after.entry?.digest).not.toBe(before.entry?.digest);
});
