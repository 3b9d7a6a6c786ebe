import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { disksAt, entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const [legsOnly, publishOnly] = [
  release({ condition: 'false', matrix: '{ app: [a], arch: [amd64, arm64] }' }),
  (inputs: readonly string[]) => `
on: workflow_dispatch
permissions: { actions: read, packages: write }
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - id: publish
        uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: v1
          identity: "platform\\nannotations.app"
${inputs.map((line) => `          ${line}`).join('\n')}
`,
];

test('legs of another run are published by its id', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  await using legs = await runOn(registry, legsOnly, { service, runId: 11 });

  await using run = await runOn(registry, publishOnly(['run-id: 11']), { service, runId: 12 });

  expect(legs.artifacts()).toHaveLength(2);
  expect(run.annotations()).toEqual([]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
  expect(service.requests('ListRunArtifacts')).toHaveLength(1);
  expect(service.requests('DownloadRunArtifact').map(({ status }) => status)).toEqual([302, 302]);
});

test('F4b: of the attempts of another run the newest counts, leg by leg', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService({ artifactIds: 'descending' });
  const onlyFirst = "matrix.arch == 'arm64' && github.run_attempt == 1";
  const source = release({
    condition: 'false',
    matrix: '{ app: [a], arch: [amd64, arm64] }',
    content: `\${{ matrix.arch }} of attempt \${{ github.run_attempt }}`,
    after: [`{ if: "${onlyFirst}", run: exit 1 }`],
  });
  await using legs = await runOn(registry, source, { service, runId: 11 });
  await legs.rerunFailed();

  await using run = await runOn(registry, publishOnly(['run-id: 11']), { service, runId: 12 });

  expect(run.conclusion).toBe('success');
  expect(disksAt(registry, repository, 'v1')).toEqual(['amd64 of attempt 1', 'arm64 of attempt 2']);
});

test.each([
  ['has no records', ['run-id: 13'], 'LEG_MISSING', /every leg: no record was found/],
  [
    'is not to be read without a token',
    ['run-id: 11', "token: ''"],
    'INPUT_INVALID',
    /^input "token": is empty.*\n.*actions: read/,
  ],
])('a run that %s is an error', async (_, inputs, title, message) => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  await using legs = await runOn(registry, legsOnly, { service, runId: 11 });

  await using run = await runOn(registry, publishOnly(inputs), { service, runId: 12 });

  expect(legs.artifacts()).toHaveLength(2);
  expect(run.job('publish').annotations).toEqual([
    { level: 'error', title, message: expect.stringMatching(message) },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test.each(['ListRunArtifacts', 'DownloadRunArtifact'] as const)(
  'where %s is forbidden the error says which permission is missing',
  async (operation) => {
    await using registry = await startRegistry();
    await using service = await startResultsService();
    await using legs = await runOn(registry, legsOnly, { service, runId: 11 });
    service.fail(operation, { status: 403, message: 'Resource not accessible by integration' });

    await using run = await runOn(registry, publishOnly(['run-id: 11']), { service, runId: 12 });

    expect(legs.artifacts()).toHaveLength(2);
    expect(run.job('publish').annotations).toMatchObject([
      {
        title: 'ARTIFACT_SERVICE',
        message: expect.stringMatching(
          /not accessible by integration.*\nAdd "permissions: actions: read" .*run of acme\/app/,
        ),
      },
    ]);
  },
);

test('where GitHub itself has a bad moment the records of another run arrive all the same', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  await using legs = await runOn(registry, legsOnly, { service, runId: 11 });
  service.fail('ListRunArtifacts', { status: 403, message: 'Error from intermediary', times: 1 });
  service.fail('DownloadRunArtifact', { status: 502, times: 1 });

  await using run = await runOn(registry, publishOnly(['run-id: 11']), { service, runId: 12 });

  expect(legs.artifacts()).toHaveLength(2);
  expect(run.annotations()).toEqual([]);
});
