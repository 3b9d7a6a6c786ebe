import { expect, test } from 'vitest';
import { runWorkflow } from './run.ts';

/** Runs the steps of one job. */
const runSteps = (steps: string, { job = '', ...options }: Record<string, unknown> = {}) =>
  runWorkflow({
    checkout: import.meta.dirname,
    source: `on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
${job}
    steps:
${steps}`,
    ...options,
  });

test('conditions see what earlier steps came to', async () => {
  await using run = await runSteps(`
      - { id: bad, run: exit 1, continue-on-error: true }
      - { id: worse, run: exit 1 }
      - { id: skipped, run: 'true' }
      - { id: onFailure, if: failure(), run: 'true' }
      - { id: always, if: 'always() && steps.bad.outcome == ''failure''', run: 'true' }
      - { id: context, if: always(), run: 'echo "\${{ steps.bad.outcome }} \${{ steps.bad.conclusion }} \${{ steps.skipped.outcome }} \${{ job.status }}"' }
`);
  const { steps } = run.job('job');

  expect(steps.map(({ id, outcome, conclusion }) => [id, outcome, conclusion])).toEqual([
    ['bad', 'failure', 'success'],
    ['worse', 'failure', 'failure'],
    ['skipped', 'skipped', 'skipped'],
    ['onFailure', 'success', 'success'],
    ['always', 'success', 'success'],
    ['context', 'success', 'success'],
  ]);
  expect(steps.at(-1)?.log).toBe('failure success skipped failure\n');
});

test('variables of workflow, job and step cover one another, and GITHUB_ENV lasts', async () => {
  await using run = await runSteps(
    `
      - run: |
          echo "$A $B"
          echo "C=later" >> "$GITHUB_ENV"
        env: { B: step }
      - run: echo "$A $B $C \${{ env.C }}"
`,
    { job: `    env: { A: job, B: "\${{ github.ref_name }}" }` },
  );

  expect(run.job('job').steps.map(({ log }) => log)).toEqual([
    'job step\n',
    'job main later later\n',
  ]);
});

test('GITHUB_PATH puts a folder in front of PATH for the steps after', async () => {
  await using run = await runSteps(`
      - run: |
          mkdir bin && printf '#!/bin/sh\\necho mine\\n' > bin/tool && chmod +x bin/tool
          echo "$PWD/bin" >> "$GITHUB_PATH"
      - run: tool
`);

  expect(run.job('job').steps[1]?.log).toBe('mine\n');
});

test.each([
  ['bash without pipefail when none is named', '', 'false | true; echo on', 'on\n', 'success'],
  ['bash with pipefail when it is named', 'shell: bash', 'false | true; echo on', '', 'failure'],
  ['sh', 'shell: sh', 'echo sh', 'sh\n', 'success'],
  [
    'Node',
    "shell: 'node {0}'",
    "console.log(process.version.split('.')[0])",
    `${process.version.split('.')[0]}\n`,
    'success',
  ],
])('the shell is %s', async (_, shell, script, log, conclusion) => {
  await using run = await runSteps(`
      - run: ${JSON.stringify(script)}
        ${shell}
`);
  const step = run.job('job').steps[0];

  expect(step?.conclusion).toBe(conclusion);
  expect(step?.log.replace(/##.*\n/, '')).toBe(log);
});

test('a shell that is not there is named', async () => {
  await using run = await runSteps(`
      - { run: ls, shell: 'no-such-shell {0}' }
`);

  expect(run.annotations()[0]?.message).toBe(
    'the shell no-such-shell is not on the PATH of the step',
  );
});

test('defaults give shell and folder, a step overrides them', async () => {
  await using run = await runSteps(
    `
      - { run: mkdir -p a b, working-directory: . }
      - run: basename "$PWD"
      - { run: basename "$PWD", working-directory: b }
      - { run: 'true', working-directory: none }
`,
    { job: '    defaults: { run: { shell: sh, working-directory: a } }' },
  );
  const { steps } = run.job('job');

  expect(steps.slice(1, 3).map(({ log }) => log)).toEqual(['a\n', 'b\n']);
  expect(steps[3]?.log).toMatch(/there is no working directory .*none/);
});

test('a step that takes too long fails, and what it started ends with it', async () => {
  await using run = await runSteps(
    `
      - { name: slow, run: sleep 30 & sleep 30, timeout-minutes: 1 }
`,
    { minute: 200 },
  );

  expect(run.job('job').steps[0]).toMatchObject({ conclusion: 'failure' });
  expect(run.annotations()[0]?.message).toBe('slow took longer than 1 minutes');
});

test('a command file that is malformed fails the step', async () => {
  await using run = await runSteps(`
      - { id: bad, run: echo nonsense >> "$GITHUB_OUTPUT" }
`);

  expect(run.job('job').conclusion).toBe('failure');
  expect(run.annotations()[0]?.message).toMatch(/GITHUB_OUTPUT: the line "nonsense"/);
});

test('NODE_OPTIONS cannot be smuggled in by GITHUB_ENV', async () => {
  await using run = await runSteps(`
      - { run: 'echo NODE_OPTIONS=--inspect >> "$GITHUB_ENV"' }
`);

  expect(run.annotations()[0]?.message).toContain('NODE_OPTIONS');
});

test('a summary is masked, and dropped beyond a mebibyte while the step stays green', async () => {
  await using run = await runSteps(
    `
      - run: echo "the s3cret word" >> "$GITHUB_STEP_SUMMARY"
      - run: head -c 1048577 /dev/zero | tr '\\0' x >> "$GITHUB_STEP_SUMMARY"
`,
    { secrets: { WORD: 's3cret' } },
  );

  expect(run.summaries()).toEqual(['the *** word\n']);
  expect(run.conclusion).toBe('success');
  expect(run.annotations()).toMatchObject([
    { level: 'error', message: expect.stringContaining('1048577 bytes') },
  ]);
});

test('a step of a test fails where the test says, without running', async () => {
  await using run = await runSteps(
    `
      - { name: one, run: echo one }
      - { name: two, run: echo two }
`,
    { failStep: ({ step }: { step: { name: string } }) => step.name === 'two' },
  );
  const { steps } = run.job('job');

  expect(steps.map(({ conclusion }) => conclusion)).toEqual(['success', 'failure']);
  expect(steps[1]?.log).not.toContain('two');
});

test('hashFiles sees the workspace', async () => {
  await using run = await runSteps(`
      - run: echo x > a.lock
      - run: echo "[\${{ hashFiles('*.lock') }}] [\${{ hashFiles('*.none') }}]"
`);

  expect(run.job('job').steps[1]?.log).toMatch(/^\[[0-9a-f]{64}\] \[\]\n$/);
});
