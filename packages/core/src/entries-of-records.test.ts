import { expect, test } from 'vitest';
import { entriesOfRecords } from './entries-of-records.ts';
import { defaultIdentity } from './identity.ts';
import { attestationFor, entryFor, imageFor, pushedBy, recordOf } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const arm64 = imageFor('linux/arm64');
const descriptors = (...records: Parameters<typeof entriesOfRecords>[0]) =>
  entriesOfRecords(records, defaultIdentity).map(({ descriptor }) => descriptor);

test('a leg that pushed an index gives what is in it', () => {
  const index = entryFor('index');
  const leg = recordOf({ descriptor: index, children: [amd64, attestationFor(amd64)] });

  expect(descriptors(leg, pushedBy('arm64', arm64))).toEqual([amd64, attestationFor(amd64), arm64]);
});

test('a leg that pushed nothing gives nothing', () => {
  expect(descriptors(pushedBy('tests'), pushedBy('amd64', amd64))).toEqual([amd64]);
});

test('one manifest that two legs pushed is one entry, with its attestation', () => {
  const both = [amd64, attestationFor(amd64)];

  expect(descriptors(pushedBy('a', ...both), pushedBy('b', ...both))).toEqual(both);
});

test('two manifests of one identity are an error that names both legs', () => {
  const other = imageFor('linux/amd64', 'other');

  expect(() => descriptors(pushedBy('a', amd64), pushedBy('b', other))).toThrow(
    expect.objectContaining({
      code: 'ENTRY_DUPLICATE',
      message: `two legs give the same entry, linux/amd64: a (${amd64.digest}) and b (${other.digest})`,
    }),
  );
});

test('an annotation can tell two of one platform apart', () => {
  const named = ['x', 'y'].map((cname) => ({ ...entryFor(cname), annotations: { cname } }));
  const records = named.map((descriptor, at) => pushedBy(`leg${at}`, descriptor));

  expect(entriesOfRecords(records, ['platform', 'annotations.cname'])).toHaveLength(2);
});
