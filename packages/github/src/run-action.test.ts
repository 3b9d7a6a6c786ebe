import { expect, test } from 'vitest';
import { runTestAction } from './test-action.ts';

test('an action reads its inputs and sets its outputs and its summary', async () => {
  const outcome = await runTestAction({
    inputs: `image: input.text({ description: '', required: true }), 'max-size': input.integer({ description: '', default: '7' })`,
    outputs: `digest: '', 'layer-count': '', details: '', nothing: ''`,
    run: `return {
      outputs: { digest: inputs.image, layerCount: inputs.maxSize, details: { size: 1, digest: 'd' }, nothing: undefined },
      summary: '### Done',
    };`,
    given: { image: ' ghcr.io/acme/app ' },
  });

  expect(outcome).toMatchObject({ exitCode: 0, errors: [], summary: '### Done\n' });
  expect(outcome.outputs).toEqual({
    digest: 'ghcr.io/acme/app',
    'layer-count': '7',
    details: '{"digest":"d","size":1}',
  });
});

test('all wrong inputs are one annotation, and the action does not begin', async () => {
  const outcome = await runTestAction({
    inputs: `image: input.text({ description: '', required: true }), count: input.integer({ description: '' })`,
    run: `throw new Error('it began');`,
    given: { count: 'many' },
  });

  expect(outcome.exitCode).toBe(1);
  expect(outcome.errors).toEqual([
    '[INPUT_INVALID] 2 inputs are wrong: input "image": is required, and was not given; input "count": "many" is not a whole number from 0\nAdd "image" to the "with:" of the step. Set "count" to a whole number from 0, in digits.',
  ]);
});

test('a failure is one annotation with a hint, and its causes are in the log without our stack', async () => {
  const outcome = await runTestAction({
    run: `
      const cause = new InputError([{ input: 'y', reason: 'was the reason' }]);
      const error = new InputError([{ input: 'x', reason: 'is odd', hint: 'Make it even.' }]);
      error.cause = cause;
      throw error;`,
  });

  expect(outcome.exitCode).toBe(1);
  expect(outcome.errors).toEqual(['[INPUT_INVALID] input "x": is odd\nMake it even.']);
  expect(outcome.log).toContain(
    'caused by InputError (INPUT_INVALID): input "y": was the reason\n',
  );
  expect(outcome.log).not.toContain('    at ');
});

test('debug logging shows the stack of an error of ours', async () => {
  const outcome = await runTestAction({
    run: `throw new InputError([{ input: 'x', reason: 'is odd' }]);`,
    env: { RUNNER_DEBUG: '1' },
  });

  expect(outcome.log).toMatch(/^ {4}at .*main\.ts/m);
});

test('an error that nobody thought of is UNEXPECTED, with its stack in the log', async () => {
  const outcome = await runTestAction({ run: `return inputs.no.such.thing;` });

  expect(outcome.errors).toHaveLength(1);
  expect(outcome.errors[0]).toMatch(/^\[UNEXPECTED\] Cannot read prop.*\nReport it at https:/);
  expect(outcome.log).toMatch(/^ {4}at .*main\.ts/m);
});

test.each([
  [
    'a rejection that nobody handles',
    `Promise.reject(new Error('lost')); await new Promise((r) => setTimeout(r, 5000)); return { outputs: {} };`,
    'lost',
  ],
  [
    'an exception in a callback',
    `setTimeout(() => { throw new Error('late'); }, 1); await new Promise((r) => setTimeout(r, 5000)); return { outputs: {} };`,
    'late',
  ],
  [
    'a wait without end',
    `await new Promise(() => {}); return { outputs: {} };`,
    'the action waits for something that never comes',
  ],
])('%s is a failure like any other', async (_, run, message) => {
  const outcome = await runTestAction({ run });

  expect(outcome.exitCode).toBe(1);
  expect(outcome.errors).toHaveLength(1);
  expect(outcome.errors[0]).toContain(`[UNEXPECTED] ${message}\n`);
});

test('a secret is masked before anything else, and stays out of messages, log and summary', async () => {
  const secret = 'hunter2-and-more';
  const outcome = await runTestAction({
    inputs: `password: input.text({ description: '', secret: true })`,
    run: `
      context.log.info('with ' + inputs.password);
      context.log.warning('or ' + Buffer.from('user:' + inputs.password).toString('base64'));
      throw new Error('login as ' + inputs.password + ' failed');`,
    given: { password: secret },
  });

  expect(outcome.masked).toEqual([secret]);
  expect(outcome.log).not.toContain(secret);
  expect(outcome.log).toContain('with ***\n');
  expect(outcome.warnings[0]).toMatch(/^or .*\*\*\*/);
  expect(outcome.errors[0]).toContain('login as *** failed');
});

test('a secret input that does not parse is named and not quoted', async () => {
  const outcome = await runTestAction({
    inputs: `key: input.custom({ description: '', secret: true }, (text) => { throw new Error('bad key ' + text); })`,
    run: `return { outputs: {} };`,
    given: { key: 'abc' },
  });

  expect(outcome.errors[0]).toMatch(/^\[INPUT_INVALID\] input "key": is not a value/);
  expect(outcome.log).not.toContain('abc');
  expect(outcome.masked).toEqual([]);
});

test('an output with a secret in it is set, and the loss of the job output is announced', async () => {
  const outcome = await runTestAction({
    inputs: `token: input.text({ description: '', secret: true })`,
    outputs: `url: '', digest: ''`,
    run: `return { outputs: { url: 'https://x/?t=' + inputs.token, digest: 'd' } };`,
    given: { token: 'ghs_0123456789' },
  });

  expect(outcome.outputs).toEqual({ url: 'https://x/?t=ghs_0123456789', digest: 'd' });
  expect(outcome.warnings).toEqual([expect.stringMatching(/^output "url" contains a secret/)]);
});

test('an output that is too large for a job is set, and announced', async () => {
  const outcome = await runTestAction({
    outputs: `index: ''`,
    run: `return { outputs: { index: 'x'.repeat(500_001) } };`,
  });

  expect(outcome.outputs.index).toHaveLength(500_001);
  expect(outcome.warnings).toEqual([expect.stringMatching(/^output "index" has 1000002 bytes/)]);
});

test('text from outside cannot give commands to the runner', async () => {
  const outcome = await runTestAction({
    run: `
      context.log.info('::error::forged\\n  ::set-output name=x::y\\n##[error]old\\u001b[31mred\\u001b[0m');
      throw new Error('a\\n::error::second');`,
  });

  expect(outcome.errors).toHaveLength(1);
  expect(outcome.log).toContain(': :error::forged\n  : :set-output name=x::y\n## [error]oldred\n');
});

test('a cancelled job aborts the signal and says ABORTED', async () => {
  const outcome = await runTestAction({
    run: `
      context.log.info('ready');
      await new Promise((_, reject) => {
        const timer = setTimeout(() => {}, 20_000);
        context.signal.addEventListener('abort', () => { clearTimeout(timer); reject(new Error('socket closed')); });
      });`,
    signal: 'SIGINT',
  });

  expect(outcome.exitCode).toBe(1);
  expect(outcome.errors).toEqual([
    expect.stringMatching(/^\[ABORTED\] the job was cancelled \(SIGINT\)\n/),
  ]);
  expect(outcome.log).toContain('caused by Error: socket closed');
});

test('without a file for the summary and the outputs an action still runs', async () => {
  const outcome = await runTestAction({
    outputs: `digest: ''`,
    run: `return { outputs: { digest: 'd' }, summary: 'lost' };`,
    env: { GITHUB_OUTPUT: '', GITHUB_STEP_SUMMARY: '' },
  });

  expect(outcome).toMatchObject({ exitCode: 0, errors: [], warnings: [] });
  expect(outcome.log).toBe('digest=d\n');
});

test('the context tells about the run', async () => {
  const outcome = await runTestAction({
    outputs: `run: ''`,
    run: `return { outputs: { run: context.run } };`,
    env: {
      GITHUB_RUN_ID: '19',
      GITHUB_RUN_NUMBER: '3',
      GITHUB_RUN_ATTEMPT: '2',
      GITHUB_JOB: 'push',
      GITHUB_SHA: 'c0ffee',
      GITHUB_REPOSITORY: 'acme/app',
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_WORKFLOW: 'build',
      GITHUB_REF: 'refs/heads/main',
    },
  });

  expect(JSON.parse(outcome.outputs.run ?? '')).toEqual({
    id: 19,
    number: 3,
    attempt: 2,
    job: 'push',
    commit: 'c0ffee',
    repository: 'acme/app',
    serverUrl: 'https://github.com',
    workflow: 'build',
    ref: 'refs/heads/main',
  });
});
