import { expect, test } from 'vitest';
import { selectAttempts } from './select-attempts.ts';
import { entryFor, matrixOf, type RecordChanges, recordOf } from './test-kit/records.ts';

const leg = (value: string, index: number, more: RecordChanges = {}) =>
  recordOf({ leg: value, index, total: 2, matrix: { value }, ...more });

test.each(['first', 'last'])('the newest attempt wins, also where it comes %s', (place) => {
  const old = leg('a', 0, { finishedAt: '2026-01-02T00:00:00.000Z' });
  const newer = leg('a', 0, { attempt: 2, outputs: { digest: 'new' } });
  const records = place === 'first' ? [newer, old] : [old, newer];

  expect(selectAttempts(records)).toEqual([newer]);
});

test('attempts are numbers: the tenth is newer than the ninth', () => {
  const tenth = leg('a', 0, { attempt: 10 });

  expect(selectAttempts([leg('a', 0, { attempt: 9 }), tenth])).toEqual([tenth]);
});

test('legs that did not run again keep their record', () => {
  const [a, b, again] = [leg('a', 0), leg('b', 1), leg('b', 1, { attempt: 2 })];

  expect(selectAttempts([again, b, a])).toEqual([a, again]);
});

test('one record that came by artifact and by output counts once, with its image', () => {
  const image = 'registry.example/octo/app';
  const [whole, bare] = [leg('a', 0, { image }), leg('a', 0)];

  expect(selectAttempts([bare, whole])).toEqual([whole]);
  expect(selectAttempts([whole, bare])).toEqual([whole]);
});

test('two records of one leg and attempt that differ are an error that names both', () => {
  const first = leg('a', 0, { descriptor: entryFor('one') });
  const second = leg('a', 1, { descriptor: entryFor('two') });

  expect(() => selectAttempts([second, first])).toThrow(
    expect.objectContaining({
      code: 'LEG_DUPLICATE',
      message: `two records claim to be one leg: a (job push, leg 1 of 2, attempt 1, ${entryFor('one').digest}) and a (job push, leg 2 of 2, attempt 1, ${entryFor('two').digest})`,
    }),
  );
});

test('one leg that pushed to two images is two legs with one name', () => {
  const records = ['a', 'b'].map((name) => leg('a', 0, { image: `registry.example/${name}` }));

  expect(() => selectAttempts(records)).toThrow(
    expect.objectContaining({
      code: 'LEG_DUPLICATE',
      message: expect.stringMatching(/\/a\b.*\/b/),
    }),
  );
});

test('legs of two jobs with one name are an error, whatever their attempts', () => {
  const records = [leg('a', 0, { job: 'linux' }), leg('a', 0, { job: 'windows', attempt: 2 })];

  expect(() => selectAttempts(records)).toThrow(/job linux.*job windows/);
});

test('several steps of one leg hand over several records', () => {
  const records = ['x', 'y'].map((name) => leg(name, 0, { matrix: { value: 'both' } }));
  const [x, y] = records;
  const again = leg('x', 0, { matrix: { value: 'both' }, attempt: 2 });

  expect(selectAttempts(records)).toEqual([x, y]);
  expect(selectAttempts([...records, again])).toEqual([again, y]);
});

test('of a matrix that was planned anew only the new plan counts', () => {
  const plan = matrixOf('a', 'b', 'c');
  const anew = ['b', 'd'].map((value, index) => leg(value, index, { attempt: 2 }));

  expect(selectAttempts([...plan, ...anew])).toEqual(anew);
  expect(selectAttempts([...anew, ...plan])).toEqual(anew);
});

test('a leg of the new plan that is missing is not taken from the old one', () => {
  const [, , old] = matrixOf('a', 'b', 'c');
  const anew = leg('b', 0, { attempt: 2 });

  expect(selectAttempts([...matrixOf('a', 'b'), ...(old ? [old] : []), anew])).toEqual([anew]);
});

test('a place that went to another leg is an error, unless it is said which legs there must be', () => {
  const records = [...matrixOf('a', 'b'), leg('a', 0, { attempt: 2 }), leg('c', 1, { attempt: 2 })];
  const expected = { kind: 'legs', legs: ['a', 'c'] } as const;

  expect(() => selectAttempts(records)).toThrow(
    expect.objectContaining({
      code: 'LEG_DUPLICATE',
      message: 'two legs have one place, 2 of 2 of job push: b of attempt 1 and c of attempt 2',
      hint: expect.stringContaining('"expect"'),
    }),
  );
  expect(selectAttempts(records, expected).map((record) => record.leg)).toEqual(['a', 'c']);
});

test('the legs of a workflow that is called twice share their places, also over attempts', () => {
  const linux = matrixOf('linux-a', 'linux-b');
  const windows = matrixOf('windows-a', 'windows-b');
  const again = windows.map((record) => ({ ...record, run: { ...record.run, attempt: 2 } }));

  expect(selectAttempts([...linux, ...windows])).toEqual([...linux, ...windows]);
  expect(selectAttempts([...linux, ...windows, ...again])).toEqual([...linux, ...again]);
});
