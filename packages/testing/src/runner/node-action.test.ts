import { expect, test } from 'vitest';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const recorder = {
  'actions/record/action.yml': `
name: Record
description: Shows what it is given
inputs:
  plain: { description: Plain, default: as given }
  Mixed Case: { description: With a space }
  empty: { description: Empty, default: not empty }
  index: { description: Index, default: '\${{ strategy.job-index }} of \${{ strategy.job-total }}' }
  matrix: { description: Matrix, default: '\${{ toJSON(matrix) }}' }
  attempt: { description: Attempt, default: '\${{ github.run_attempt }}' }
  check: { description: Check, default: '\${{ job.check_run_id }}' }
  needed: { description: Needed, required: true }
  old: { description: Old, deprecationMessage: use plain }
outputs:
  seen: { description: Seen }
runs: { using: node24, pre: pre.mjs, main: main.mjs, post: post.mjs, post-if: success() }
`,
  'actions/record/pre.mjs': `
import { appendFileSync } from 'node:fs';
console.log('before');
appendFileSync(process.env.GITHUB_STATE, 'started=yes\\n');
`,
  'actions/record/main.mjs': `
import { appendFileSync } from 'node:fs';
const inputs = Object.entries(process.env).filter(([name]) => name.startsWith('INPUT_'));
appendFileSync(process.env.GITHUB_OUTPUT, 'seen=' + JSON.stringify(Object.fromEntries(inputs)) + '\\n');
appendFileSync(process.env.GITHUB_STATE, 'kept<<END\\na\\nb\\nEND\\n');
console.log('main', process.env.STATE_started ?? 'no pre', process.env.GITHUB_ACTION_REF);
`,
  'actions/record/post.mjs': `
console.log('after', process.env.STATE_kept, process.env.INPUT_PLAIN);
`,
};

const job = (steps: string, strategy = ''): string => `
on: workflow_dispatch
jobs:
  job:
    runs-on: ubuntu-latest
${strategy}
    outputs: { seen: '\${{ steps.record.outputs.seen }}' }
    steps:
${steps}
`;

test('inputs arrive as variables, defaults evaluated, an explicit empty one empty', async () => {
  await using checkout = await temporaryRepository(recorder);

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: job(
      `
      - uses: oci-matrix/oci-matrix/actions/record@v1
        id: record
        with: { Mixed Case: '\${{ matrix.leg }}', empty: '', surprise: 1, old: x }
`,
      '    strategy: { matrix: { leg: [only] } }',
    ),
  });
  const [leg] = run.jobs;

  expect(JSON.parse(leg?.outputs.seen ?? '')).toEqual({
    INPUT_PLAIN: 'as given',
    INPUT_MIXED_CASE: 'only',
    INPUT_EMPTY: '',
    INPUT_INDEX: '0 of 1',
    INPUT_MATRIX: '{\n  "leg": "only"\n}',
    INPUT_ATTEMPT: '1',
    INPUT_CHECK: String(leg?.checkRunId),
    INPUT_NEEDED: '',
    INPUT_SURPRISE: '1',
    INPUT_OLD: 'x',
  });
  expect(run.annotations().map(({ message }) => message)).toEqual([
    expect.stringContaining('unexpected input surprise'),
    'input old: use plain',
  ]);
  expect(run.conclusion).toBe('success');
});

test('pre and post surround the steps, and share a state', async () => {
  await using checkout = await temporaryRepository(recorder);

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: job(`
      - uses: oci-matrix/oci-matrix/actions/record@v1
      - run: echo between
`),
  });

  expect(run.job('job').steps.map(({ name, log }) => [name, log])).toEqual([
    ['Pre Run oci-matrix/oci-matrix/actions/record@v1', 'before\n'],
    ['Run oci-matrix/oci-matrix/actions/record@v1', 'main yes v1\n'],
    ['Run echo between', 'between\n'],
    ['Post Run oci-matrix/oci-matrix/actions/record@v1', 'after a\nb as given\n'],
  ]);
});

test('an action of the workspace has no pre, and its post asks its condition', async () => {
  await using checkout = await temporaryRepository(recorder);

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: job(`
      - uses: actions/checkout@v5
      - uses: ./actions/record
      - run: exit 1
`),
  });
  const { steps } = run.job('job');

  expect(steps[1]?.log).toBe('main no pre \n');
  expect(steps.at(-1)).toMatchObject({ conclusion: 'skipped', log: '' });
});

test('an action of the workspace is not there before a checkout', async () => {
  await using checkout = await temporaryRepository(recorder);

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: job('      - uses: ./actions/record'),
  });

  expect(run.annotations()[0]?.message).toBe('there is no action.yml for ./actions/record');
});

test('an action cannot import what was never bundled', async () => {
  await using checkout = await temporaryRepository({
    'action.yml': 'name: R\ndescription: R\nruns: { using: node24, main: main.mjs }\n',
    'main.mjs': `import 'left-out';`,
    'node_modules/left-out/index.js': 'console.log("found");',
  });

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: job('      - uses: oci-matrix/oci-matrix@v1'),
  });

  expect(run.job('job').steps[0]?.log).toContain('ERR_MODULE_NOT_FOUND');
});
