import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const job = (arch: string, record: string): string => `
  ${arch}:
    runs-on: ubuntu-24.04
    outputs: { record: '\${{ steps.push.outputs.record }}' }
    steps:
      - run: echo ${arch} > disk.img
      - id: push
        uses: oci-matrix/oci-matrix/actions/push-manifest@v1
        with:
          image: \${{ vars.IMAGE }}
          files: disk.img:application/vnd.acme.disk
          artifact-type: application/vnd.acme.image
          platform: linux/${arch}
          annotations: manifest-descriptor:app=a
          record: ${record}
`;

/** Two jobs without a matrix, whose records travel as said. */
const twoJobs = (record: string): string => `
on: workflow_dispatch
jobs:${job('amd64', record)}${job('arm64', record)}
  publish:
    needs: [amd64, arm64]
    runs-on: ubuntu-24.04
    steps:
      - uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: v1
          needs: \${{ toJSON(needs) }}
`;

test.each([
  ['output', 0],
  ['artifact', 2],
  ['both', 2],
])('records of jobs without a matrix arrive by %s', async (record, artifacts) => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, twoJobs(record));

  expect(run.conclusion).toBe('success');
  expect(run.artifacts()).toHaveLength(artifacts);
  expect(Object.keys(run.job('amd64').outputs)).toEqual(record === 'artifact' ? [] : ['record']);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F9: where the artifact service refuses, records in needs are enough, with a warning', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail('ListArtifacts', { status: 403, message: 'no artifacts today', times: 99 });

  await using run = await runOn(registry, twoJobs('output'), { service });

  expect(run.conclusion).toBe('success');
  expect(run.job('publish').annotations).toMatchObject([
    { level: 'warning', message: expect.stringContaining('only the records in "needs" are read') },
  ]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F10: legs of a matrix share their outputs, so that by output alone all but one are missing', async () => {
  await using registry = await startRegistry();
  const source = release({
    matrix: '{ app: [a], arch: [amd64, arm64] }',
    job: [`outputs: { record: '\${{ steps.push.outputs.record }}' }`],
    push: ['record: output'],
    publish: [`needs: \${{ toJSON(needs) }}`],
  });

  await using run = await runOn(registry, source);

  expect(run.job('publish').annotations).toMatchObject([
    { level: 'error', title: 'LEG_MISSING', message: expect.stringContaining('1 legs are there') },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test('F3: a matrix of one leg is published like any other', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, release({ matrix: '{ app: [a], arch: [amd64] }' }));

  expect(run.conclusion).toBe('success');
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64']);
});
