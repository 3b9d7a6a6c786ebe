import { startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { faultsBy } from './pushed.ts';
import { failureOf } from './refusal.ts';

test('lines of outputs become a record that follows its schema', async () => {
  const { outputs, annotations } = await act('record-outputs', {
    job: 'build',
    matrix: { arch: 'arm64' },
    strategy: { 'job-index': 1, 'job-total': 2 },
    with: { outputs: 'size=12\nurl=https://x/?a=b,c\nempty=', group: 'sizes', leg: 'arm' },
  });

  expect(annotations).toEqual([]);
  expect(faultsBy('leg-record-v1.json', outputs.record)).toEqual([]);
  expect(JSON.parse(outputs.record ?? '')).toMatchObject({
    ...{ group: 'sizes', leg: 'arm', index: 1, total: 2, matrix: { arch: 'arm64' } },
    outputs: { size: '12', url: 'https://x/?a=b,c', empty: '' },
    run: { job: 'build' },
  });
});

test('a JSON object of outputs may hold lines and lists', async () => {
  const outputs = JSON.stringify({ notes: 'a\nb', list: [1, { b: 2, a: 1 }], flag: true });

  const result = await act('record-outputs', { with: { outputs } });

  expect(JSON.parse(result.outputs.record ?? '').outputs).toEqual({
    notes: 'a\nb',
    list: '[1,{"a":1,"b":2}]',
    flag: 'true',
  });
});

test('a leg outside of a matrix is named after its job, and so is its group', async () => {
  const { outputs, summary } = await act('record-outputs', {
    job: 'build',
    with: { outputs: 'a=<b>|c' },
  });

  expect(JSON.parse(outputs.record ?? '')).toMatchObject({
    group: 'build',
    leg: 'build',
    total: 1,
  });
  expect(summary).toBe(
    '### build\n\n| Output | Value |\n| --- | --- |\n| a | <code>&#60;b&#62;&#124;c</code> |\n\n',
  );
});

test('every attempt leaves an artifact of its own', async () => {
  await using service = await startResultsService();
  const given = { service, with: { outputs: 'a=1', leg: 'x', group: 'g' } };

  await act('record-outputs', { ...given, attempt: 1 });
  await act('record-outputs', { ...given, attempt: 2 });

  expect(service.artifacts().map(({ name }) => name.replace(/-[0-9a-f]{8,}-/, '-#-'))).toEqual([
    'oci-matrix-g-x-#-a1',
    'oci-matrix-g-x-#-a2',
  ]);
});

// Every quote takes two characters in a record.
const quotes = Array.from({ length: 4 }, (_, at) => `k${at}=${'"'.repeat(25_000)}`).join('\n');

test('F13: a record that is too large for an output travels by artifact alone, and says so', async () => {
  await using service = await startResultsService();
  const result = await act('record-outputs', { service, with: { outputs: quotes } });

  expect(result.exitCode).toBe(0);
  expect(result.outputs).toEqual({});
  expect(service.artifacts()).toHaveLength(1);
  expect(result.annotations).toEqual([
    { level: 'notice', message: expect.stringMatching(/too large for an output/) },
  ]);
});

test('a record that is too large for an output and may not be an artifact is refused', async () => {
  const result = await act('record-outputs', { with: { outputs: quotes, record: 'output' } });

  expect(failureOf(result)).toMatchObject({
    what: expect.stringMatching(/too large for an output/),
    hint: expect.stringMatching(/"record"/),
  });
});

test.each([
  ['no outputs', '', /^input "outputs": is required/],
  ['a line that is no pair', 'a=1\nwords', /^input "outputs": .*"words" is not key=value$/],
  ['broken JSON', '{"a":', /^input "outputs": .*it begins like JSON, and is not$/],
])('%s are refused', async (_, outputs, what) => {
  const result = await act('record-outputs', { with: { outputs } });

  expect(failureOf(result)).toEqual({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
    hint: expect.stringMatching(/key=value|"outputs"/),
  });
});

test('without the artifact service the error says what else there is', async () => {
  await using service = await startResultsService();
  service.fail('CreateArtifact', { status: 400, message: 'no room' });

  const result = await act('record-outputs', { service, with: { outputs: 'a=1' } });

  expect(failureOf(result)).toMatchObject({
    code: 'ARTIFACT_SERVICE',
    what: expect.stringMatching(/no room/),
  });
});
