import { canonicalText } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { digestsByLeg, outputsByLeg } from './by-leg.ts';
import { parseRecords } from './records.ts';
import { schemas } from './schemas.ts';
import { imageFor, pushedBy, recordOf, recordsOf } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const tests = recordOf({ leg: 'tests', outputs: { coverage: '80' } });
const records = recordsOf(pushedBy('amd64', amd64), tests);

test('what aggregate-outputs wrote is read', () => {
  expect(parseRecords(canonicalText(records), 'a file')).toEqual(records);
});

test.each([
  ['{', 'a file is not JSON'],
  ['[]', 'a file is not what aggregate-outputs writes: the document: '],
  [
    canonicalText({ ...records, schema: 'x' }),
    'a file is not what aggregate-outputs writes: schema: ',
  ],
  [
    canonicalText({ ...records, records: [tests, { ...tests, leg: 1 }] }),
    'a file is not what aggregate-outputs writes: records.1.leg: ',
  ],
])('anything else is refused', (text, message) => {
  expect(() => parseRecords(text, 'a file')).toThrow(
    expect.objectContaining({
      code: 'RECORD_INVALID',
      message: expect.stringContaining(message),
    }),
  );
});

test('outputs and digests are found by leg', () => {
  expect(outputsByLeg(records)).toEqual({ amd64: {}, tests: { coverage: '80' } });
  expect(digestsByLeg(records)).toEqual({ amd64: amd64.digest });
});

test('the schemas that are published say what is required', () => {
  expect(Object.keys(schemas)).toEqual([
    'layers-meta-v1.json',
    'leg-record-v1.json',
    'published-v1.json',
    'records-v1.json',
  ]);
  expect(schemas['leg-record-v1.json']).toMatchObject({
    type: 'object',
    required: expect.arrayContaining(['schema', 'group', 'leg', 'run']),
  });
});
