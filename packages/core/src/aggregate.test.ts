import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type AggregateOptions, aggregate } from './aggregate.ts';
import { type LegRecord, recordText } from './record.ts';
import type { Records } from './records.ts';
import { refuseIncomplete } from './refuse-incomplete.ts';
import { matrixOf, type RecordChanges, recordOf } from './test-kit/records.ts';

const carry = (records: readonly LegRecord[], group = 'app') =>
  records.map((record) => ({
    artifact: `oci-matrix-${group}-${record.leg}-0123456789-a1`,
    text: recordText(record),
  }));
const legs = matrixOf('a', 'b', 'c');
const other = (changes: RecordChanges) => recordOf({ group: 'other', ...changes });
const damaged = { artifact: 'oci-matrix-other-a-0123456789-a1', text: '{"schema":' };
const needs = { records: [], failed: [{ job: 'push', result: 'failure' }] };

const publishable = (options: AggregateOptions): Records => {
  const records = aggregate(options);
  refuseIncomplete(records, options.needs);
  return records;
};

const codeOf = (options: AggregateOptions): unknown => {
  try {
    return publishable(options).complete;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

test('all legs of a group make one document, sorted by leg', () => {
  expect(aggregate({ carried: carry(legs.toReversed()) })).toEqual({
    schema: 'oci-matrix/records/v1',
    group: 'app',
    complete: true,
    missing: [],
    records: legs,
  });
});

test('the order of arrival does not matter', () => {
  const carried = carry([
    ...legs,
    ...legs.map((leg) => ({ ...leg, run: { ...leg.run, attempt: 2 } })),
  ]);

  fc.assert(
    fc.property(fc.shuffledSubarray(carried, { minLength: carried.length }), (shuffled) => {
      expect(aggregate({ carried: shuffled })).toEqual(aggregate({ carried }));
    }),
  );
});

test('records in the outputs of jobs count like those in artifacts', () => {
  const carried = carry(legs.slice(1));

  expect(aggregate({ carried, needs: { records: legs.slice(0, 2), failed: [] } }).records).toEqual(
    legs,
  );
});

test('a missing leg is an error that says how many are there', () => {
  expect(() => publishable({ carried: carry(legs.slice(1)) })).toThrow(
    expect.objectContaining({
      code: 'LEG_MISSING',
      message: 'group app is not complete: 2 legs are there, missing: leg 1 of 3 of job push',
    }),
  );
});

test('of many missing legs the first ten are named', () => {
  const [first] = matrixOf(...Array.from({ length: 30 }, (_, at) => `t${at}`));

  expect(() => publishable({ carried: carry(first ? [first] : []) })).toThrow(
    /missing: leg 2 of 30 .*; leg 11 of 30 of job push and 19 more$/,
  );
});

test.each([
  ['no group is named', {}],
  ['a group is named', { group: 'app' }],
])('no record at all is no complete group, where %s', (_, options) => {
  expect(() => publishable({ carried: [], ...options })).toThrow(/every leg: no record was found$/);
});

test('where all records are of other groups those are named', () => {
  const carried = [...carry([other({ leg: 'a' })], 'other'), ...carry(legs)];

  expect(aggregate({ carried, group: 'acme/app' }).missing).toEqual([
    'every leg: no record was found, only of app, other',
  ]);
});

test('what is expected must be there, where the records know of less', () => {
  const carried = carry(legs);

  expect(codeOf({ carried, expected: { kind: 'count', count: 4 } })).toBe('LEG_MISSING');
  expect(codeOf({ carried, expected: { kind: 'legs', legs: ['d'] } })).toBe('LEG_MISSING');
  expect(codeOf({ carried: [], expected: { kind: 'legs', legs: ['d'] } })).toBe('LEG_MISSING');
  expect(codeOf({ carried, expected: { kind: 'legs', legs: ['a', 'b'] } })).toBe(true);
});

test('a job that failed stops the group, also where all records are there', () => {
  expect(() => publishable({ carried: carry(legs), needs })).toThrow(
    expect.objectContaining({
      code: 'LEG_FAILED',
      message: 'group app is not published, since a job did not succeed: push: failure',
    }),
  );
});

test('a partial document says what it lacks', () => {
  expect(aggregate({ carried: carry(legs.slice(0, 2)) })).toMatchObject({
    complete: false,
    missing: ['leg 3 of 3 of job push'],
    records: legs.slice(0, 2),
  });
  expect(aggregate({ carried: carry(legs), needs })).toMatchObject({
    complete: false,
    missing: [],
  });
  expect(aggregate({ carried: [] })).toMatchObject({ complete: false, records: [] });
});

test('two records of one leg are an error also in a partial document', () => {
  const twice = [recordOf({ outputs: { a: '1' } }), recordOf({ outputs: { a: '2' } })];

  expect(codeOf({ carried: carry(twice) })).toBe('LEG_DUPLICATE');
});

test('a missing leg or two of another group are no trouble of ours', () => {
  const twice = [other({ total: 9 }), other({ total: 9, outputs: { a: '2' } })];

  const records = aggregate({ carried: [...carry(twice, 'other'), ...carry(legs)], group: 'app' });

  expect(records.records).toEqual(legs);
});

test('records of several groups ask for the input that chooses', () => {
  expect(() => aggregate({ carried: [...carry([other({})]), ...carry(legs)] })).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: 'there are records of 2 groups: app, other',
      hint: expect.stringContaining('"group"'),
    }),
  );
});

test('a damaged record of another group is told, and no trouble of ours', () => {
  const told: string[] = [];
  const onUnreadable = ({ message }: Error) => void told.push(message);

  const records = aggregate({ carried: [damaged, ...carry(legs)], group: 'app', onUnreadable });

  expect(records.records).toEqual(legs);
  expect(told).toEqual([expect.stringContaining(`artifact ${damaged.artifact}`)]);
});

test.each([
  ['without a group', undefined, damaged],
  ['of this group', 'other', damaged],
  ['whose text names this group', 'app', { ...damaged, text: '{"group":"app"}' }],
  ['whose artifact is named by nobody', 'app', { ...damaged, artifact: 'mine' }],
  ['of a group in upper case', 'Octo/App', { ...damaged, artifact: 'oci-matrix-Octo-App-a-01-a1' }],
  [
    'of a group with a name that was cut',
    'x'.repeat(60),
    { ...damaged, artifact: `oci-matrix-${'x'.repeat(40)}-a-0123456789-a1` },
  ],
])('a damaged record %s may be the newest of a leg, and is an error', (_, group, record) => {
  expect(codeOf({ carried: [record], group })).toBe('RECORD_INVALID');
});

test('a damaged record whose text names another group is not ours, whatever its artifact says', () => {
  const carried = [{ artifact: 'oci-matrix-app-x', text: '{"group":"app-tools"}' }, ...carry(legs)];

  expect(codeOf({ carried, group: 'app' })).toBe(true);
});
