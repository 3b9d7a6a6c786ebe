import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Descriptor, digestOf, mediaTypes } from '@oci-matrix/oci';
import { temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import {
  readDescriptorFile,
  reserveDescriptorFile,
  writeDescriptorFile,
} from './descriptor-file.ts';

const descriptor: Descriptor = {
  mediaType: mediaTypes.imageManifest,
  digest: digestOf('manifest'),
  size: 8,
  platform: { architecture: 'amd64', os: 'gardenlinux', 'os.version': '1877.3' },
  annotations: { cname: 'kvm-amd64' },
};

test('what was written is read again, also in folders that were not there', async () => {
  await using folder = await temporaryDirectory('descriptors');
  const file = path.join(folder.path, 'a/b/entry.json');

  await reserveDescriptorFile(file, descriptor);
  await writeDescriptorFile(file, descriptor);

  expect(await readDescriptorFile(file)).toEqual(descriptor);
  expect(await readFile(file, 'utf8')).toMatch(/^\{"mediaType":.*\}\n$/);
});

test('a reserved file holds no descriptor, whatever an earlier run left there', async () => {
  await using folder = await temporaryDirectory('descriptors');
  const file = path.join(folder.path, 'entry.json');
  await writeDescriptorFile(file, descriptor);

  await reserveDescriptorFile(file, descriptor);

  await expect(readDescriptorFile(file)).rejects.toMatchObject({ code: 'RECORD_INVALID' });
});

test.each([
  ['what is no JSON', 'digest: sha256', 'JSON'],
  ['a descriptor without its digest', JSON.stringify({ ...descriptor, digest: '' }), 'digest'],
  ['a whole manifest', '{"schemaVersion":2,"layers":[]}', 'mediaType'],
  [
    'the descriptor of an index',
    JSON.stringify({ ...descriptor, mediaType: mediaTypes.imageIndex }),
    'no image manifest',
  ],
  ['a file that is far too long', ' '.repeat(1024 * 1024 + 1), 'at most 1048576'],
])('%s is refused by the name of its file', async (_, text, reason) => {
  await using folder = await temporaryDirectory('descriptors');
  const file = path.join(folder.path, 'entry.json');
  await writeFile(file, text);

  await expect(readDescriptorFile(file)).rejects.toMatchObject({
    code: 'RECORD_INVALID',
    message: expect.stringMatching(new RegExp(`entry\\.json cannot be read: .*${reason}`)),
  });
});

test('a file that cannot be written, and an index, which is several entries, are refused beforehand', async () => {
  await using folder = await temporaryDirectory('descriptors');
  const taken = path.join(folder.path, 'taken');
  await mkdir(taken);
  const index = { ...descriptor, mediaType: mediaTypes.imageIndex };

  await expect(reserveDescriptorFile(taken, descriptor)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('taken cannot be written: EISDIR'),
  });
  await expect(reserveDescriptorFile(path.join(taken, 'x.json'), index)).rejects.toMatchObject({
    code: 'INPUT_INVALID',
    message: expect.stringContaining('has several entries'),
  });
});
