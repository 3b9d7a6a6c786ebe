import { expect, test } from 'vitest';
import type { SameName } from '../results/artifact-store.ts';
import { startResultsService } from '../results/service.ts';
import { temporaryRepository } from './repository.ts';
import { runWorkflow } from './run.ts';

const artifactModule = import.meta.resolve('@actions/artifact');

const source = `
on: workflow_dispatch
jobs:
  push:
    runs-on: ubuntu-latest
    strategy: { fail-fast: false, matrix: { leg: [a, b, c] } }
    outputs: { attempt: '\${{ steps.say.outputs.attempt }}' }
    steps:
      - id: say
        run: echo "attempt=\${{ github.run_attempt }}" >> "$GITHUB_OUTPUT"
  other:
    runs-on: ubuntu-latest
    steps: [{ run: 'true' }]
  publish:
    needs: push
    runs-on: ubuntu-latest
    steps: [{ run: 'echo "\${{ needs.push.result }} \${{ needs.push.outputs.attempt }}"' }]
`;

const failB = ({ job }: { job: { matrix: Record<string, unknown> | null } }): boolean =>
  job.matrix?.leg === 'b';

test('a re-run of failed jobs runs those and what needs them, and keeps the rest', async () => {
  await using first = await runWorkflow({
    checkout: import.meta.dirname,
    source,
    failStep: failB,
  });
  const second = await first.rerunFailed();

  expect(first.conclusion).toBe('failure');
  expect(first.job('publish').conclusion).toBe('skipped');
  expect(second).toMatchObject({ attempt: 2, conclusion: 'success', id: first.id });
  expect(second.jobs.map(({ name, attempt }) => [name, attempt]).toSorted()).toEqual([
    ['other', 1],
    ['publish', 2],
    ['push (a)', 1],
    ['push (b)', 2],
    ['push (c)', 1],
  ]);
  expect(second.job('push (a)')).toBe(first.job('push (a)'));
  expect(second.job('publish').steps[0]?.log).toBe('success 2\n');
});

test('a second re-run keeps what the first one repaired', async () => {
  await using first = await runWorkflow({ checkout: import.meta.dirname, source, failStep: failB });
  const second = await first.rerunFailed({ failStep: ({ job }) => job.id === 'publish' });
  const third = await second.rerunFailed();

  expect(second.job('publish').conclusion).toBe('failure');
  expect(third.job('push (b)').attempt).toBe(2);
  expect(third.job('publish')).toMatchObject({ attempt: 3, conclusion: 'success' });
});

test('a re-run of all jobs keeps nothing', async () => {
  await using first = await runWorkflow({ checkout: import.meta.dirname, source });
  const second = await first.rerunAll();

  expect(new Set(second.jobs.map(({ attempt }) => attempt))).toEqual(new Set([2]));
});

test('a re-run goes into called workflows', async () => {
  await using checkout = await temporaryRepository({
    'w.yml': source.replace('workflow_dispatch', 'workflow_call'),
  });

  await using first = await runWorkflow({
    checkout: checkout.path,
    source: 'on: push\njobs: { call: { uses: ./w.yml } }',
    event: { name: 'push' },
    failStep: failB,
  });
  const second = await first.rerunFailed();

  expect(second.conclusion).toBe('success');
  expect(second.job('call / push (a)').attempt).toBe(1);
  expect(second.job('call / push (b)').attempt).toBe(2);
});

const uploader = {
  'action.yml': 'name: U\ndescription: U\nruns: { using: node24, main: main.mjs }\n',
  'main.mjs': `
import { writeFileSync } from 'node:fs';
import { DefaultArtifactClient } from '${artifactModule}';
const client = new DefaultArtifactClient();
writeFileSync('file', process.env.GITHUB_RUN_ATTEMPT);
try {
  await client.uploadArtifact('same', ['file'], '.');
} catch (error) {
  console.log(error.message);
}
const { artifacts } = await client.listArtifacts();
console.log(artifacts.length);
process.exitCode = process.env.GITHUB_RUN_ATTEMPT === '1' ? 1 : 0;
`,
};

const upload = 'on: workflow_dispatch\njobs: { a: { runs-on: x, steps: [{ uses: $/ }] } }';

test.each<[SameName, RegExp, number]>([
  ['conflict', /409.*already exists.*\n1\n$/s, 1],
  ['per-attempt', /\n2\n$/, 2],
])('with the policy %s a name used again meets that policy', async (sameName, log, count) => {
  await using checkout = await temporaryRepository(uploader);
  await using service = await startResultsService({ sameName });
  await using first = await runWorkflow({ checkout: checkout.path, source: upload, service });

  const second = await first.rerunFailed();

  expect(second.job('a').steps[0]?.log).toMatch(log);
  expect(second.artifacts()).toHaveLength(count);
});

test('a re-run of all jobs does not see artifacts of earlier attempts', async () => {
  await using checkout = await temporaryRepository(uploader);
  await using service = await startResultsService({ sameName: 'per-attempt' });
  await using first = await runWorkflow({ checkout: checkout.path, source: upload, service });

  const second = await first.rerunAll();

  expect(second.job('a').steps[0]?.log).toMatch(/\n1\n$/);
});
