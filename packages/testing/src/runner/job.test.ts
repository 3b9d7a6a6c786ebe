import { expect, test } from 'vitest';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const printer = {
  'actions/print/action.yml':
    'name: Print\ndescription: Prints its environment\nruns: { using: node24, main: main.mjs }\n',
  'actions/print/main.mjs': 'console.log(Object.keys(process.env).sort().join(" "));\n',
};

test('every job has a workspace and a home of its own', async () => {
  await using checkout = await temporaryRepository({ 'file.txt': 'original\n' });

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: `
on: workflow_dispatch
jobs:
  first:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: echo changed > file.txt; touch ~/mark; ls -A
  second:
    needs: first
    runs-on: ubuntu-latest
    steps:
      - run: ls -A . ~ "$RUNNER_TEMP" | grep -e file.txt -e mark || echo fresh
      - uses: actions/checkout@v5
        with: { path: sub }
      - run: cat sub/file.txt
`,
  });

  expect(run.job('first').steps[1]?.log).toBe('file.txt\n');
  expect(run.job('second').steps[0]?.log).toBe('fresh\n');
  expect(run.job('second').steps[2]?.log).toBe('original\n');
});

test('a checkout brings the repository of the run, where that is another one', async () => {
  await using checkout = await temporaryRepository(printer);
  await using contents = await temporaryRepository({ Dockerfile: 'FROM scratch\n' });

  await using run = await runWorkflow({
    checkout: checkout.path,
    contents: contents.path,
    source: `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - run: ls
      - uses: oci-matrix/oci-matrix/actions/print@v1
`,
  });

  expect(run.conclusion).toBe('success');
  expect(run.job('job').steps[1]?.log).toBe('Dockerfile\n');
});

test('a step inherits nothing, and only an action is told the way to the results service', async () => {
  await using checkout = await temporaryRepository(printer);

  await using run = await runWorkflow({
    checkout: checkout.path,
    environment: { EXTRA: 'yes' },
    source: `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - run: 'process.stdout.write(Object.keys(process.env).sort().join(" "))'
        shell: node {0}
      - uses: $/actions/print
`,
  });
  const [script, action] = run.job('job').steps.map(({ log }) => log.trim().split(' '));
  const known = /^(CI|HOME|LANG|PATH|EXTRA|GITHUB_[A-Z_]+|RUNNER_[A-Z_]+)$/;

  expect(script?.filter((name) => !known.test(name))).toEqual([]);
  expect(script).toContain('EXTRA');
  expect(action?.filter((name) => name.startsWith('ACTIONS_'))).toEqual([
    'ACTIONS_RESULTS_URL',
    'ACTIONS_RUNTIME_TOKEN',
    'ACTIONS_RUNTIME_URL',
  ]);
});

test('an output that is empty, or holds a secret in any form, is not set', async () => {
  await using run = await runWorkflow({
    checkout: import.meta.dirname,
    secrets: { PASSWORD: 'hunter2!' },
    source: `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
    outputs:
      plain: fine
      empty: \${{ steps.none.outputs.nothing }}
      secret: has \${{ secrets.PASSWORD }}
      encoded: \${{ steps.auth.outputs.auth }}
      masked: \${{ steps.auth.outputs.masked }}
      token: \${{ github.token }}
    steps:
      - id: auth
        run: |
          echo "::add-mask::local-mask"
          echo "auth=${Buffer.from('user:hunter2!').toString('base64')}" >> "$GITHUB_OUTPUT"
          echo "masked=a local-mask" >> "$GITHUB_OUTPUT"
  after:
    needs: job
    runs-on: ubuntu-latest
    outputs: { seen: '\${{ toJSON(needs.job.outputs) }}' }
    steps: [{ run: 'true' }]
`,
  });

  expect(run.job('job').outputs).toEqual({ plain: 'fine' });
  expect(JSON.parse(run.job('after').outputs.seen ?? '')).toEqual({ plain: 'fine' });
  expect(run.job('job').annotations.map(({ message }) => message)).toEqual(
    ['secret', 'encoded', 'masked', 'token'].map(
      (name) => `Skip output '${name}' since it may contain secret.`,
    ),
  );
});

test('outputs of more than a megabyte fail the job', async () => {
  await using run = await runWorkflow({
    checkout: import.meta.dirname,
    source: `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
    outputs: { large: '\${{ steps.large.outputs.large }}' }
    steps:
      - id: large
        run: echo "large=$(head -c 600000 /dev/zero | tr '\\0' x)" >> "$GITHUB_OUTPUT"
`,
  });

  expect(run.job('job')).toMatchObject({ conclusion: 'failure', outputs: {} });
  expect(run.annotations()[0]?.message).toMatch(/outputs of the job are 1200000 bytes/);
});

test('the contexts tell who runs, and secrets never reach a log', async () => {
  await using run = await runWorkflow({
    checkout: import.meta.dirname,
    repository: 'octo/image',
    runId: 77,
    runNumber: 5,
    ref: 'refs/tags/v1',
    vars: { REGION: 'north' },
    secrets: { KEY: 'opensesame' },
    event: { name: 'push', payload: { after: 'abc' } },
    source: `
name: Release
on: push
jobs:
  job:
    runs-on: ubuntu-latest
    steps:
      - run: |
          echo "$GITHUB_REPOSITORY $GITHUB_RUN_ID $GITHUB_RUN_NUMBER $GITHUB_RUN_ATTEMPT $GITHUB_REF_NAME $GITHUB_REF_TYPE"
          echo "\${{ github.workflow }} \${{ vars.REGION }} \${{ github.event.after }} \${{ toJSON(matrix) }} \${{ strategy.job-total }}"
          echo "\${{ secrets.KEY }} \${{ secrets.GITHUB_TOKEN == github.token }} $(node -p 'require(process.env.GITHUB_EVENT_PATH).after')"
`,
  });

  expect(run.job('job').steps[0]?.log).toBe(
    'octo/image 77 5 1 v1 tag\nRelease north abc null 1\n*** true abc\n',
  );
});

test('typed inputs of a dispatch arrive typed, and as text in the event', async () => {
  await using run = await runWorkflow({
    checkout: import.meta.dirname,
    event: { name: 'workflow_dispatch', inputs: { dry: true } },
    source: `
on:
  workflow_dispatch:
    inputs:
      dry: { type: boolean, default: false }
      tag: { type: string, default: latest }
jobs:
  job:
    if: inputs.dry
    runs-on: ubuntu-latest
    steps:
      - run: echo '\${{ toJSON(inputs) }} \${{ toJSON(github.event.inputs) }}' | tr -d ' \\n'
`,
  });

  expect(run.job('job').steps[0]?.log).toBe(
    '{"dry":true,"tag":"latest"}{"dry":"true","tag":"latest"}\n',
  );
});
