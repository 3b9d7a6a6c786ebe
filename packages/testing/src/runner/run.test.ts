import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { runWorkflow } from './run.ts';
import { temporaryDirectory } from './temporary.ts';

const artifactModule = import.meta.resolve('@actions/artifact');

async function repository(files: Record<string, string>) {
  const directory = await temporaryDirectory('repository');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory.path, path)), { recursive: true });
    await writeFile(join(directory.path, path), content);
  }
  return directory;
}

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
  await using checkout = await repository(uploader);
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
