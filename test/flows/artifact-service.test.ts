import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';
import { storeRecord } from './kit/stored.ts';

const twoLegs = '{ app: [a], arch: [amd64, arm64] }';
const source = release({ matrix: twoLegs });

test.each([
  ['ListArtifacts', 403],
  ['GetSignedArtifactURL', 403],
  ['ListArtifacts', 429],
  ['GetSignedArtifactURL', 502],
] as const)('F5: %s is asked again after a %i that passes', async (operation, status) => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail(operation, { status, message: 'Error from intermediary', times: 1 });

  await using run = await runOn(registry, source, { service });

  expect(run.annotations()).toEqual([]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F5: a 403 that stays is one error that says what else there is, and no tag is made', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail('ListArtifacts', { status: 403, message: 'Error from intermediary' });

  await using run = await runOn(registry, source, { service });

  expect(run.job('publish').annotations).toEqual([
    {
      ...{ level: 'error', title: 'ARTIFACT_SERVICE' },
      message: expect.stringMatching(
        /^the artifacts of the run could not be listed: .*Error from intermediary\n.*again in some minutes.*Set "record" to "output"/,
      ),
    },
  ]);
  expect(service.requests('ListArtifacts')).toHaveLength(3);
  expect(registry.tags(repository)).toEqual([]);
});

test.each([
  ['FinalizeArtifact', 403],
  ['FinalizeArtifact', 409],
  ['CreateArtifact', 500],
] as const)('F5: a record whose %s met a %i is stored all the same', async (operation, status) => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail(operation, { status, message: 'not now', times: 1 });

  await using run = await runOn(registry, source, { service });

  expect(run.annotations()).toEqual([]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F1: a name that is taken is not an error, and what has it is not published', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  await using first = await runOn(registry, source, { service, runId: 1 });
  const taken = first.artifacts().map(({ name }) => name);
  for (const name of taken) {
    await storeRecord(service, { run: 2, name, record: { group: 'other' } });
  }

  await using second = await runOn(registry, source, { service, runId: 2 });

  expect(second.conclusion).toBe('success');
  expect(second.artifacts().map(({ name }) => name)).toEqual(
    expect.arrayContaining(taken.map((name) => `${name}-2`)),
  );
});

test('F1: where every name is taken the error names the artifact, and what to do', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail('CreateArtifact', { status: 409, code: 'already_exists', message: 'it exists' });

  await using run = await runOn(registry, source, { service });

  expect(run.job('build (a, amd64)').annotations).toMatchObject([
    {
      title: 'ARTIFACT_SERVICE',
      message: expect.stringMatching(
        /^artifact "oci-matrix-acme-app-a-amd64-\w+-\w+-a1-10" could not be stored: .*\nGive each step .*"leg"/,
      ),
    },
  ]);
});

test('F5: a listing that is late is asked for again while a leg is missing', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.stale({ times: 1, behind: 1 });

  await using run = await runOn(registry, source, { service });

  expect(run.annotations()).toEqual([]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F4a: a listing that is late in a later attempt does not bring back the digest of before', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  const onlyFirst = "matrix.arch == 'arm64' && github.run_attempt == 1";
  const again = release({
    matrix: twoLegs,
    content: `\${{ matrix.arch }} of attempt \${{ github.run_attempt }}`,
    after: [`{ if: "${onlyFirst}", run: exit 1 }`],
    condition: 'success()',
  });
  await using first = await runOn(registry, again, { service });
  service.stale({ times: 1, behind: 1 });

  const second = await first.rerunFailed();

  expect(second.conclusion).toBe('success');
  expect(disksAt(registry, repository, 'v1')).toEqual(['amd64 of attempt 1', 'arm64 of attempt 2']);
});

test('F5: a download with another digest is fetched again, and named where it stays so', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  service.fail('download', { content: 'corrupt', times: 1 });
  await using once = await runOn(registry, source, { service });
  service.fail('download', { content: 'corrupt' });

  await using always = await runOn(registry, source, { service });

  expect(once.conclusion).toBe('success');
  expect(always.job('publish').annotations).toMatchObject([
    {
      title: 'ARTIFACT_SERVICE',
      message: expect.stringMatching(/^artifact "oci-matrix-acme-app-.*" does not have the digest/),
    },
  ]);
});
