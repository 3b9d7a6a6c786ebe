import { expect, test } from 'vitest';
import { parseNeeds } from './needs.ts';
import { recordText } from './record.ts';
import { recordOf } from './test-kit/records.ts';

const record = recordOf();
const needs = (jobs: object): string => JSON.stringify(jobs);

test('records are found in the outputs of any job, whatever their names', () => {
  const text = recordText(record);
  const outputs = { 'record-amd64': text, digest: 'sha256:0', json: '{"schema":"other"}' };

  expect(
    parseNeeds(needs({ push: { result: 'success', outputs }, plan: { result: 'success' } })),
  ).toEqual({ records: [record], failed: [] });
});

test('jobs that failed or were cancelled are told from those that were skipped', () => {
  const jobs = { a: 'failure', b: 'cancelled', c: 'skipped', d: 'success' };
  const results = Object.entries(jobs).map(([job, result]) => [job, { result, outputs: {} }]);

  expect(parseNeeds(needs(Object.fromEntries(results))).failed).toEqual([
    { job: 'a', result: 'failure' },
    { job: 'b', result: 'cancelled' },
  ]);
});

test('a record that cannot be read is named by its output', () => {
  const outputs = { record: '{"schema":"oci-matrix/leg-record/v9"}' };

  expect(() => parseNeeds(needs({ push: { result: 'success', outputs } }))).toThrow(
    expect.objectContaining({
      code: 'RECORD_INVALID',
      message: expect.stringContaining('needs.push.outputs.record'),
    }),
  );
});

test.each([
  ['push', 'it is not JSON'],
  ['{"push":{}}', 'push.result has another shape'],
  ['{"push":{"result":"success","outputs":{"a":1}}}', 'push.outputs.a has another shape'],
])('%s is not what toJSON(needs) gives', (text, reason) => {
  expect(() => parseNeeds(text)).toThrow(
    expect.objectContaining({ code: 'INPUT_INVALID', message: `needs cannot be read: ${reason}` }),
  );
});
