import { mkdtempDisposable, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { attestationFor, entryFor, imageFor } from '../test-kit/records.ts';
import { measuredLayers } from './measured-layers.ts';

const meta = (name: string) => ({
  fs_block_size: 4096,
  layers: { [digestOf(name)]: { size: 1, usage: 2 } },
});

/** Reads these documents as the files of a leg that pushes something. */
async function read(documents: readonly unknown[], plan: Parameters<typeof measuredLayers>[1]) {
  await using folder = await mkdtempDisposable(path.join(tmpdir(), 'measured-'));
  const files = documents.map((_, at) => path.join(folder.path, `${at}.json`));
  for (const [at, file] of files.entries()) await writeFile(file, JSON.stringify(documents[at]));
  return await measuredLayers(files, plan);
}

test('a leg that names no file measured nothing', async () => {
  expect(await read([], { root: imageFor('linux/amd64') })).toBeUndefined();
});

test('a document of one platform is for that of the image, also where an attestation lies beside it', async () => {
  const arm = imageFor('linux/arm/v7');
  const index = { root: entryFor('index'), children: [arm, attestationFor(arm)] };

  expect(await read([meta('a')], { root: arm })).toEqual({ 'arm/v7': meta('a') });
  expect(await read([meta('a')], index)).toEqual({ 'arm/v7': meta('a') });
});

test('documents of several images come together, those of several architectures by these', async () => {
  const documents = [meta('a'), meta('b'), { amd64: meta('c'), arm64: meta('a') }];

  const layers = await read(documents, { root: imageFor('linux/amd64') });

  expect(Object.keys(layers ?? {})).toEqual(['amd64', 'arm64']);
  expect(Object.keys(layers?.amd64?.layers ?? {})).toHaveLength(3);
});

test.each([
  ['two platforms', [imageFor('linux/amd64'), imageFor('linux/arm64')], 'linux/amd64, linux/arm64'],
  ['none', [entryFor('artifact')], 'none'],
  ['Windows', [imageFor('windows/amd64')], 'windows/amd64'],
])(
  'a document of one platform is refused where what is pushed has %s',
  async (_, children, has) => {
    const reading = read([meta('a')], { root: entryFor('index'), children });

    await expect(reading).rejects.toMatchObject({
      code: 'INPUT_INVALID',
      message: expect.stringMatching(new RegExp(`and what is pushed has ${has}$`)),
    });
  },
);
