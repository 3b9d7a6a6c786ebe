import path from 'node:path';
import { type Descriptor, digestOf, mediaTypes } from '@oci-matrix/oci';
import { type TemporaryDirectory, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { aggregate } from './aggregate.ts';
import { writeDescriptorFile } from './descriptor-file.ts';
import { recordsOfDescriptorFiles } from './descriptor-file-records.ts';
import { parseExpect } from './expect.ts';
import { parseRecord } from './record.ts';

const descriptorOf = (name: string): Descriptor => ({
  mediaType: mediaTypes.imageManifest,
  digest: digestOf(name),
  size: name.length,
});
const run = { id: 7, number: 3, attempt: 2, job: 'publish' };

async function filesIn({ path: folder }: TemporaryDirectory, ...names: readonly string[]) {
  const files = names.map((name) => ({ path: path.join(folder, `${name}.json`) }));
  for (const [at, file] of files.entries()) {
    await writeDescriptorFile(file.path, descriptorOf(names[at] ?? ''));
  }
  return files;
}

test('each file is the record of a leg with its name', async () => {
  await using folder = await temporaryDirectory('descriptors');
  const files = await filesIn(folder, 'entry_kvm', 'entry_aws');

  const expected = parseExpect('2');
  const carried = await recordsOfDescriptorFiles({ files, group: 'app', expected, run });

  const records = carried.map(({ artifact, text }) => parseRecord(text, artifact));
  expect(records.map(({ leg, group, total }) => ({ leg, group, total }))).toEqual([
    { leg: 'entry_kvm', group: 'app', total: 2 },
    { leg: 'entry_aws', group: 'app', total: 2 },
  ]);
  expect(records[0]).toMatchObject({
    descriptor: descriptorOf('entry_kvm'),
    run: { id: '7', number: 3, attempt: 2, job: 'publish' },
  });
});

test.each([
  ['3', ['1 of the 3 expected legs']],
  ['kvm\naws\nazure', ['azure']],
  ['kvm\naws', []],
])('what is missing is what was expected and has no file: %j', async (text, missing) => {
  await using folder = await temporaryDirectory('descriptors');
  const expected = parseExpect(text);
  const files = await filesIn(folder, 'kvm', 'aws');

  const carried = await recordsOfDescriptorFiles({ files, group: 'app', expected, run });

  expect(aggregate({ carried, expected })).toMatchObject({
    missing,
    complete: missing.length === 0,
  });
});

test('files that nobody counted are refused: a missing one would go unseen', async () => {
  const files = [{ path: 'kvm.json' }];

  await expect(
    recordsOfDescriptorFiles({ files, group: 'app', expected: undefined, run }),
  ).rejects.toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('"expect"') });
});

test('two files of one name are refused, and both are named', async () => {
  await using folder = await temporaryDirectory('descriptors');
  const files = await filesIn(folder, 'a/entry', 'b/entry');

  await expect(
    recordsOfDescriptorFiles({ files, group: 'app', expected: parseExpect('2'), run }),
  ).rejects.toMatchObject({
    code: 'LEG_DUPLICATE',
    message: expect.stringMatching(/leg entry: .*a.entry\.json and .*b.entry\.json$/),
  });
});
