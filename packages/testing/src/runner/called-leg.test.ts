import { expect, test } from 'vitest';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const callee = `
on:
  workflow_call:
    inputs:
      flavour: { type: string, required: true }
      dry: { type: boolean }
      count: { type: number, default: 2 }
    secrets:
      KEY: { required: false }
    outputs:
      result: { value: '\${{ jobs.build.outputs.result }}' }
jobs:
  build:
    runs-on: ubuntu-latest
    strategy: { matrix: { arch: [amd64, arm64] } }
    outputs: { result: '\${{ steps.make.outputs.result }}' }
    steps:
      - id: make
        run: |
          echo "result=\${{ inputs.flavour }} \${{ inputs.dry }} \${{ inputs.count }}" >> "$GITHUB_OUTPUT"
          echo "$OUTER[\${{ secrets.KEY }}][\${{ secrets.OTHER }}] \${{ github.job }} \${{ github.workflow }}"
          if [ "\${{ secrets.KEY }}" = opensesame ]; then echo key; fi
`;

const callers: Record<string, string> = {
  local: './.github/workflows/build.yml',
  self: '$/.github/workflows/build.yml',
  remote: 'oci-matrix/oci-matrix/.github/workflows/build.yml@v1',
};

test.each(Object.keys(callers))(
  'a %s workflow is called with inputs, and gives outputs',
  async (kind) => {
    await using checkout = await temporaryRepository({ '.github/workflows/build.yml': callee });

    await using run = await runWorkflow({
      checkout: checkout.path,
      secrets: { KEY: 'opensesame', OTHER: 'other-secret' },
      source: `
name: Caller
on: workflow_dispatch
env: { OUTER: outer }
jobs:
  call:
    uses: ${callers[kind]}
    with: { flavour: kvm, dry: true }
    secrets: { KEY: '\${{ secrets.KEY }}' }
  after:
    needs: call
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ needs.call.outputs.result }}"' }]
`,
    });
    const build = run.job('call / build (amd64)');

    expect(run.annotations()).toEqual([]);
    expect(build.id).toBe('call/build');
    expect(build.steps[0]?.log).toBe('[***][] build Caller\nkey\n');
    expect(run.job('after').steps[0]?.log).toBe('kvm true 2\n');
  },
);

test('a call from a matrix runs for each leg, and inherits secrets when told to', async () => {
  await using checkout = await temporaryRepository({ '.github/workflows/build.yml': callee });

  await using run = await runWorkflow({
    checkout: checkout.path,
    secrets: { KEY: 'opensesame' },
    source: `
on: workflow_dispatch
jobs:
  call:
    strategy: { matrix: { flavour: [kvm, metal] } }
    uses: ./.github/workflows/build.yml
    with: { flavour: '\${{ matrix.flavour }}' }
    secrets: inherit
  after:
    needs: call
    runs-on: ubuntu-latest
    outputs: { result: '\${{ needs.call.outputs.result }}' }
    steps: [{ run: 'true' }]
`,
  });

  expect(run.jobs.map(({ name }) => name).toSorted()).toEqual([
    'after',
    'call (kvm) / build (amd64)',
    'call (kvm) / build (arm64)',
    'call (metal) / build (amd64)',
    'call (metal) / build (arm64)',
  ]);
  expect(run.job('call (kvm) / build (amd64)').steps[0]?.log).toContain('key\n');
  expect(run.job('after').outputs.result).toMatch(/^(kvm|metal) false 2$/);
});

test('a failure inside a called workflow is the failure of the call', async () => {
  await using checkout = await temporaryRepository({
    '.github/workflows/bad.yml':
      'on: workflow_call\njobs: { bad: { runs-on: x, steps: [{ run: exit 1 }] } }\n',
  });

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: `
on: workflow_dispatch
jobs:
  call: { uses: ./.github/workflows/bad.yml }
  after: { needs: call, runs-on: x, steps: [{ run: 'true' }] }
`,
  });

  expect(run.conclusion).toBe('failure');
  expect(run.job('after').conclusion).toBe('skipped');
});

test('an input of the wrong type fails the call', async () => {
  await using checkout = await temporaryRepository({ '.github/workflows/build.yml': callee });

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: `
on: workflow_dispatch
jobs:
  call:
    uses: ./.github/workflows/build.yml
    with: { flavour: kvm, count: '\${{ github.actor }}' }
`,
  });

  expect(run.job('call')).toMatchObject({ conclusion: 'failure' });
  expect(run.annotations()[0]?.message).toBe('the input count is not a number: "octocat"');
});
