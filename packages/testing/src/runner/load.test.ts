import { expect, test } from 'vitest';
import { loadWorkflow } from './load.ts';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const failure = (source: string, files: Record<string, string> = {}) =>
  temporaryRepository(files).then(async (checkout) => {
    await using _ = checkout;
    return loadWorkflow(checkout.path, 'examples/x.yml', source).catch((error: unknown) => error);
  });

const job = (body: string): string => `on: push\njobs:\n  job:\n    runs-on: x\n${body}\n`;

test.each([
  ['a key that is unknown', job('    stepz: []'), "examples/x.yml:5:5: Unexpected value 'stepz'"],
  [
    'a context that is not there',
    job('    steps:\n      - if: matrx.x\n        run: ls'),
    /^examples\/x.yml:6:\d+: Unrecognized named-value: 'matrx'/,
  ],
  [
    'a job that is needed and unknown',
    job(
      "    needs: none\n    steps: [{ run: 'true' }]\n  free: { runs-on: x, steps: [{ run: ls }] }",
    ),
    /^examples\/x.yml:5:12: .*unknown job 'none'/,
  ],
  ['text that is no YAML', 'on: [push', /^examples\/x.yml:\d+:\d+: /],
])('%s is refused with file, line and column', async (_, source, message) => {
  expect(await failure(source)).toMatchObject({
    code: 'INVALID_WORKFLOW',
    message: typeof message === 'string' ? message : expect.stringMatching(message),
  });
});

test.each([
  [
    'an action of another repository',
    job('    steps: [{ uses: docker/login-action@v3 }]'),
    /docker\/login-action@v3/,
  ],
  ['a container', job('    container: alpine\n    steps: [{ run: ls }]'), /container/],
  [
    'a workflow of another repository',
    'on: push\njobs: { a: { uses: o/r/.github/workflows/x.yml@v1 } }',
    /another repository/,
  ],
])('%s is said to be unsupported', async (_, source, message) => {
  expect(await failure(source)).toMatchObject({
    code: 'RUNNER_UNSUPPORTED',
    message: expect.stringMatching(message),
  });
});

const called = {
  'w.yml':
    'on: { workflow_call: { inputs: { tag: { type: string, required: true } } } }\njobs: { a: { runs-on: x, steps: [{ run: ls }] } }',
};

test.each([
  ['without an input it needs', 'uses: ./w.yml', /needs the input tag/],
  ['with an input it has not', 'uses: ./w.yml, with: { tag: a, other: b }', /no input other/],
  ['that is not there', 'uses: ./none.yml', /no workflow none.yml/],
])('a call %s is refused before anything runs', async (_, call, message) => {
  const error = await failure(`on: push\njobs: { a: { ${call} } }`, called);

  expect(error).toMatchObject({
    code: 'INVALID_WORKFLOW',
    message: expect.stringMatching(message),
  });
});

test('a problem of a called workflow is found in its own file', async () => {
  const error = await failure('on: push\njobs: { a: { uses: ./w.yml } }', {
    'w.yml': 'on: workflow_call\njobs: { a: { runs-on: x, stepz: [] } }',
  });

  expect(error).toMatchObject({ message: expect.stringMatching(/^w.yml:2:\d+: Unexpected value/) });
});

test('a dispatch with an input that the workflow has not is refused', async () => {
  const run = runWorkflow({
    checkout: import.meta.dirname,
    event: { name: 'workflow_dispatch', inputs: { other: 1 } },
    source: "on: workflow_dispatch\njobs: { a: { runs-on: x, steps: [{ run: 'true' }] } }",
  });

  await expect(run).rejects.toMatchObject({ code: 'INVALID_WORKFLOW' });
});
