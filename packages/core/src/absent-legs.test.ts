import { expect, test } from 'vitest';
import { absentLegs, legName } from './absent-legs.ts';
import { createRecord } from './create-record.ts';
import { expandMatrix } from './expand-matrix.ts';
import { parseExpect } from './expect.ts';
import type { Matrix } from './leg.ts';
import { parseRecord, recordText } from './record.ts';
import { matrixOf, recordOf } from './test-kit/records.ts';

const targets = ['kvm', 'metal', 'gcp', 'azure-gardener_prod'];
const product = expandMatrix({ target: targets, arch: ['amd64', 'arm64'] });

/** What the missing legs are called. */
const missingLegs = (...asked: Parameters<typeof absentLegs>): string[] =>
  absentLegs(...asked).map(({ name }) => name);

/** The records of these legs, as they arrive. */
const legsOf = (matrices: readonly Matrix[]) =>
  matrices.map((matrix, index) => {
    const identity = { group: 'app', index, total: matrices.length, matrix };
    const run = { id: '7', number: 1, attempt: 1, job: 'push' };
    const record = createRecord({ ...identity, run }, {}, new Date(0));
    return parseRecord(recordText(record), 'leg');
  });

const without = <T>(items: readonly T[], ...indexes: readonly number[]): T[] =>
  items.filter((_, index) => !indexes.includes(index));

test('legs are named as GitHub shows them, from the matrices of the others', () => {
  const records = without(legsOf(product), 0, 7);

  expect(missingLegs(records, undefined)).toEqual([
    'push (azure-gardener_prod, arm64)',
    'push (kvm, amd64)',
  ]);
});

test('a matrix that is no product names them by number', () => {
  const records = without(legsOf(Array.from({ length: 28 }, (_, at) => ({ target: `t${at}` }))), 2);

  expect(missingLegs(records, undefined)).toEqual(['leg 3 of 28 of job push']);
});

test('an include of many keys is not taken for the product of all their values', () => {
  const keys = Array.from({ length: 12 }, (_, key) => `key${key}`);
  const include = Array.from({ length: 28 }, (_, leg) =>
    Object.fromEntries(keys.map((key) => [key, `${key} of ${leg}`])),
  );

  expect(missingLegs(without(legsOf(include), 2), undefined)).toEqual(['leg 3 of 28 of job push']);
});

test('nothing is missing where all are there', () => {
  expect(missingLegs(legsOf(product), undefined)).toEqual([]);
  expect(missingLegs([recordOf()], undefined)).toEqual([]);
});

test('every job has its own legs', () => {
  const other = matrixOf('x', 'y').map((record) => ({
    ...record,
    run: { ...record.run, job: 'other' },
  }));

  expect(missingLegs([...matrixOf('a', 'b'), ...without(other, 1)], undefined)).toEqual([
    'leg 2 of 2 of job other',
  ]);
});

test('a workflow that is called twice must have every place twice', () => {
  const records = [...matrixOf('linux-a', 'linux-b'), ...without(matrixOf('win-a', 'win-b'), 0)];

  expect(missingLegs(records, undefined)).toEqual(['leg 1 of 2 of job push in one of its 2 calls']);
});

test('a leg of which some steps push more than others lacks nothing', () => {
  const more = recordOf({ leg: 'debug', index: 0, total: 2, matrix: { value: 'a' } });

  expect(missingLegs([...matrixOf('a', 'b'), more], undefined)).toEqual([]);
});

test('what is expected counts, not what the records say', () => {
  const records = legsOf(product);
  const grown = parseExpect(JSON.stringify({ target: [...targets, 'aws'], arch: ['amd64'] }));

  expect(missingLegs(records, { kind: 'count', count: 8 })).toEqual([]);
  expect(missingLegs(records, { kind: 'count', count: 10 })).toEqual(['2 of the 10 expected legs']);
  expect(missingLegs(records, grown)).toEqual([expect.stringMatching(/^amd64-aws-[0-9a-f]{8}$/)]);
});

test.each([
  ['push', null, 'push'],
  ['push', {}, 'push'],
  ['push', { target: 'kvm', arch: 'amd64' }, 'push (kvm, amd64)'],
  ['push', { os: { name: 'linux', version: 6 }, debug: false }, 'push (linux, 6, false)'],
  ['push', { a: '', b: null, c: ['x', 'y'] }, 'push (x, y)'],
])('the leg of job %s with %j is called %s', (job, matrix, name) => {
  expect(legName(job, matrix)).toBe(name);
});

test('the id of a missing leg is known where the others have the ids that matrices give', () => {
  const [records, named] = [
    without(legsOf(product), 0),
    without(legsOf(product), 0).map((record, at) => ({ ...record, leg: `leg ${at}` })),
  ];

  expect(absentLegs(records, undefined)).toEqual([
    { name: 'push (kvm, amd64)', leg: legsOf(product)[0]?.leg },
  ]);
  expect(absentLegs(named, undefined)).toEqual([{ name: 'push (kvm, amd64)' }]);
  expect(absentLegs(records, { kind: 'legs', legs: ['x'] })).toEqual([{ name: 'x', leg: 'x' }]);
  expect(absentLegs([], undefined)).toEqual([{ name: 'every leg: no record was found' }]);
});
