import { expect, test } from 'vitest';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const artifactModule = import.meta.resolve('@actions/artifact');

const uploader = {
  'actions/leg/action.yml': `
name: Leg
description: Leaves a record
inputs:
  index:
    description: Index
    default: \${{ strategy.job-index }}
  matrix:
    description: Matrix
    default: \${{ toJSON(matrix) }}
outputs:
  name:
    description: Name
runs:
  using: node24
  main: main.mjs
`,
  'actions/leg/main.mjs': `
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import artifact from '${artifactModule}';
const file = join(process.env.RUNNER_TEMP, 'record.json');
writeFileSync(file, JSON.stringify({ index: process.env.INPUT_INDEX, matrix: process.env.INPUT_MATRIX }));
const name = 'leg-' + process.env.INPUT_INDEX;
await artifact.uploadArtifact(name, [file], process.env.RUNNER_TEMP);
appendFileSync(process.env.GITHUB_OUTPUT, 'name=' + name + '\\n');
`,
  'actions/gather/action.yml': `
name: Gather
description: Counts records
outputs:
  records:
    description: Records
runs:
  using: node24
  main: main.mjs
`,
  'actions/gather/main.mjs': `
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DefaultArtifactClient } from '${artifactModule}';
const client = new DefaultArtifactClient();
const { artifacts } = await client.listArtifacts();
const records = [];
for (const { id, digest } of artifacts) {
  const path = join(process.env.RUNNER_TEMP, String(id));
  const { digestMismatch } = await client.downloadArtifact(id, { path, expectedHash: digest });
  if (digestMismatch) throw new Error('digest');
  records.push(JSON.parse(readFileSync(join(path, 'record.json'), 'utf8')).index);
}
appendFileSync(process.env.GITHUB_OUTPUT, 'records=' + records.sort().join(',') + '\\n');
`,
};

test('legs fan out with an artifact each, and one job gathers them', async () => {
  await using checkout = await temporaryRepository(uploader);
  const lines: string[] = [];

  await using run = await runWorkflow({
    checkout: checkout.path,
    source: `
on: workflow_dispatch
jobs:
  plan:
    runs-on: ubuntu-latest
    outputs:
      matrix: \${{ steps.plan.outputs.matrix }}
    steps:
      - id: plan
        run: echo 'matrix={"flavour":["kvm","metal"],"arch":["amd64","arm64"]}' >> "$GITHUB_OUTPUT"
  push:
    needs: plan
    runs-on: ubuntu-latest
    strategy:
      matrix: \${{ fromJSON(needs.plan.outputs.matrix) }}
    steps:
      - uses: actions/checkout@v5
      - uses: ./actions/leg
        id: leg
  publish:
    needs: push
    runs-on: ubuntu-latest
    outputs:
      records: \${{ steps.gather.outputs.records }}
    steps:
      - uses: oci-matrix/oci-matrix/actions/gather@v1
        id: gather
`,
    onEvent: (event) => event.type === 'log' && lines.push(event.line),
  });

  expect(run.annotations()).toEqual([]);
  expect(run.conclusion).toBe('success');
  expect(run.jobs.map(({ name }) => name)).toContain('push (kvm, arm64)');
  expect(run.job('publish').outputs).toEqual({ records: '0,1,2,3' });
  expect(run.artifacts()).toHaveLength(4);
});

test('a workflow is named by its path, and its jobs by name or id', async () => {
  await using checkout = await temporaryRepository({
    'examples/x.yml':
      "on: workflow_dispatch\njobs: { a: { name: First, runs-on: x, steps: [{ run: 'true' }] } }\n",
  });

  await using run = await runWorkflow({ checkout: checkout.path, workflow: 'examples/x.yml' });

  expect(run.job('First')).toBe(run.job('a'));
  expect(() => run.job('b')).toThrow('there is no job b among: First');
});

test('everything that happens is told while it happens', async () => {
  const events: string[] = [];

  await using _ = await runWorkflow({
    checkout: import.meta.dirname,
    source: 'on: workflow_dispatch\njobs: { a: { runs-on: x, steps: [{ run: echo hi }] } }',
    onEvent: (event) => events.push(event.type),
  });

  expect(events).toEqual([
    ...['job-queued', 'job-started', 'step-started', 'log', 'step-finished', 'job-finished'],
  ]);
});
