import { type ResultsService, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type ActOptions, act } from './act.ts';
import { imageOf, linux } from './content.ts';
import { faultsBy } from './pushed.ts';
import { needsOf, recordOf } from './records.ts';
import { failureOf } from './refusal.ts';

const { descriptor } = imageOf(linux('amd64'));

/** Lets a leg of a matrix hand over its outputs by artifact. */
const record = (
  service: ResultsService,
  [index, total]: readonly [number, number],
  options: ActOptions = {},
): ReturnType<typeof act> =>
  act('record-outputs', {
    service,
    job: 'build',
    matrix: { leg: `${index}` },
    strategy: { 'job-index': index, 'job-total': total },
    ...options,
    with: { outputs: `at=${index}`, leg: `leg-${index}`, record: 'artifact', ...options.with },
  });

test('the records of all legs are one document that follows its schema', async () => {
  await using service = await startResultsService();
  await record(service, [1, 2]);
  await record(service, [0, 2]);

  const { outputs, annotations } = await act('aggregate-outputs', { service });

  expect(annotations).toEqual([]);
  expect(faultsBy('records-v1.json', outputs.records)).toEqual([]);
  expect(outputs).toMatchObject({ count: '2', missing: '[]', complete: 'true', digests: '{}' });
  expect(JSON.parse(outputs.outputs ?? '')).toEqual({ 'leg-0': { at: '0' }, 'leg-1': { at: '1' } });
  expect(outputs['records-file']).toMatch(/oci-matrix-records-build-[0-9a-f]{8}\.json$/);
});

test('records come from the outputs of jobs as well, and one that came both ways counts once', async () => {
  await using service = await startResultsService();
  const { outputs: first } = await record(service, [0, 2], { with: { record: 'both' } });
  const { outputs: second } = await record(service, [1, 2], { with: { record: 'output' } });
  const results = { record: first.record, other: second.record, words: 'not a record' };
  const needs = JSON.stringify({ build: { result: 'success', outputs: results } });

  const { outputs } = await act('aggregate-outputs', { service, with: { needs } });

  expect(outputs).toMatchObject({ count: '2', complete: 'true' });
});

test('digests are listed by leg', async () => {
  const needs = needsOf([{ leg: 'a', descriptor }, { leg: 'b' }]);

  const { outputs } = await act('aggregate-outputs', { with: { needs } });

  expect(JSON.parse(outputs.digests ?? '')).toEqual({ a: descriptor.digest });
});

test.each([
  [
    'by what the others say',
    {},
    /^group app is not complete: 1 legs are there, missing: leg 2 of 3 of job push; leg 3 of 3 of job push$/,
  ],
  ['by a number', { expect: '5' }, /missing: 4 of the 5 expected legs$/],
  ['by names', { expect: 'leg-0\nkvm' }, /missing: kvm$/],
])('a leg that is missing %s is named, and the step fails', async (_, given, what) => {
  const needs = needsOf([{ total: 3 }]);

  const result = await act('aggregate-outputs', { with: { needs, ...given } });

  expect(failureOf(result)).toMatchObject({
    code: 'LEG_MISSING',
    what: expect.stringMatching(what),
    hint: expect.stringMatching(/run the failed jobs again/),
  });
});

test('a partial document says what is missing, and that it is not complete', async () => {
  const needs = needsOf([{ total: 3 }]);

  const result = await act('aggregate-outputs', { with: { needs, 'on-missing': 'partial' } });

  expect(result.exitCode).toBe(0);
  expect(result.outputs).toMatchObject({ complete: 'false', count: '1' });
  expect(JSON.parse(result.outputs.missing ?? '')).toHaveLength(2);
  expect(faultsBy('records-v1.json', result.outputs.records)).toEqual([]);
  expect(result.annotations).toEqual([
    { level: 'warning', message: expect.stringMatching(/^incomplete, missing: leg 2 of 3/) },
  ]);
  expect(result.summary).toMatch(
    /1 legs are there, 2 missing:[\s\S]*\| leg 2 of 3 of job push \| {2}\| missing \|/,
  );
});

test('a job that failed stops the fan-in, although every record is there', async () => {
  const needs = needsOf([{}], 'failure');

  const result = await act('aggregate-outputs', { with: { needs } });

  expect(failureOf(result)).toMatchObject({
    code: 'LEG_FAILED',
    what: 'group app is not published, since a job did not succeed: push: failure',
  });
});

test('of two groups the one that is named is taken, and none when nobody says which', async () => {
  const needs = needsOf([
    { group: 'images', leg: 'a', total: 1, index: 0 },
    { group: 'docs', leg: 'b', total: 1, index: 0 },
  ]);

  const named = await act('aggregate-outputs', { with: { needs, group: 'docs' } });
  const unnamed = await act('aggregate-outputs', { with: { needs } });

  expect(JSON.parse(named.outputs.outputs ?? '')).toEqual({ b: {} });
  expect(failureOf(unnamed)).toMatchObject({
    code: 'INPUT_INVALID',
    what: 'there are records of 2 groups: docs, images',
    hint: expect.stringMatching(/"group"/),
  });
});

test('the newest attempt of a leg wins', async () => {
  await using service = await startResultsService({ artifactIds: 'descending' });
  await record(service, [0, 1], { attempt: 2, with: { outputs: 'at=new' } });
  await record(service, [0, 1], { attempt: 1, with: { outputs: 'at=old' } });

  const { outputs } = await act('aggregate-outputs', { service, attempt: 2 });

  expect(JSON.parse(outputs.outputs ?? '')).toEqual({ 'leg-0': { at: 'new' } });
});

test('two legs with one name are refused', async () => {
  const [one, other] = [
    { leg: 'x', outputs: { a: '1' } },
    { leg: 'x', outputs: { a: '2' } },
  ];

  const result = await act('aggregate-outputs', { with: { needs: needsOf([one, other]) } });

  expect(failureOf(result)).toMatchObject({
    code: 'LEG_DUPLICATE',
    hint: expect.stringMatching(/"leg"/),
  });
});

test.each([
  ['needs that are not JSON', { needs: 'push' }, 'INPUT_INVALID', /^input "needs": /],
  ['a matrix that is not JSON', { expect: '{' }, 'INPUT_INVALID', /^input "expect": /],
  [
    'a record of another version',
    {
      needs: JSON.stringify({
        push: {
          result: 'success',
          outputs: { r: JSON.stringify({ ...recordOf({}), schema: 'oci-matrix/leg-record/v9' }) },
        },
      }),
    },
    'INPUT_INVALID',
    /^input "needs": the record of needs\.push\.outputs\.r cannot be read: schema/,
  ],
  ['no record at all', {}, 'LEG_MISSING', /missing: every leg: no record was found$/],
])('%s are refused', async (_, given, code, what) => {
  const result = await act('aggregate-outputs', { with: given });

  expect(failureOf(result)).toMatchObject({ code, what: expect.stringMatching(what) });
});

test('without the artifact service the records in needs are enough, with a warning', async () => {
  await using service = await startResultsService();
  service.fail('ListArtifacts', { status: 400, message: 'not here' });

  const result = await act('aggregate-outputs', { service, with: { needs: needsOf([{}]) } });

  expect(result.outputs).toMatchObject({ complete: 'true', count: '1' });
  expect(result.annotations).toEqual([
    {
      level: 'warning',
      message: expect.stringMatching(/^only the records in "needs" are read: .*not here/),
    },
  ]);
});
