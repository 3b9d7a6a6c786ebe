import { readdir } from 'node:fs/promises';
import {
  backendIdOf,
  startRegistry,
  startResultsService,
  temporaryDirectory,
  zipOf,
} from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { imageOf, linux, seed } from '../actions/content.ts';
import { recordOf } from '../actions/records.ts';
import { disksAt, entriesAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';
import { storeRecord } from './kit/stored.ts';

const twoLegs = '{ app: [a], arch: [amd64, arm64] }';

test('F1: legs that hand over the very same outputs do not meet', async () => {
  await using registry = await startRegistry();
  const source = `
on: workflow_dispatch
jobs:
  size:
    strategy: { matrix: { arch: [amd64, arm64] } }
    runs-on: ubuntu-24.04
    steps:
      - uses: oci-matrix/oci-matrix/actions/record-outputs@v1
        with: { outputs: 'size=1', leg: '\${{ matrix.arch }}' }
  all:
    needs: size
    runs-on: ubuntu-24.04
    steps:
      - id: legs
        uses: oci-matrix/oci-matrix/actions/aggregate-outputs@v1
      - id: one
        run: echo "size=\${{ steps.legs.outputs['arm64.size'] }} \${{ fromJSON(steps.legs.outputs.outputs).amd64.size }}" >> "$GITHUB_OUTPUT"
`;

  await using run = await runOn(registry, source);

  expect(run.annotations()).toEqual([]);
  expect(run.artifacts()).toHaveLength(2);
  const [legs, one] = run.job('all').steps;
  expect(JSON.parse(legs?.outputs.outputs ?? '')).toEqual({
    amd64: { size: '1' },
    arm64: { size: '1' },
  });
  expect(one?.outputs).toEqual({ size: '1 1' });
});

test('F6: a leg may be named after what no artifact is', async () => {
  await using registry = await startRegistry();
  const source = release({
    matrix: twoLegs,
    push: [`leg: 'os/\${{ matrix.arch }}: "sha256:x" <*?>|'`],
  });

  await using run = await runOn(registry, source);

  expect(run.annotations()).toEqual([]);
  expect(entriesAt(registry, repository, 'v1')).toEqual(['a/amd64', 'a/arm64']);
});

test('F7: artifacts of other tools are neither fetched nor in the way', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  for (const name of ['acme~app~ABC.dockerbuild', 'digests-linux-amd64', 'report']) {
    await storeRecord(service, { run: 5, name, record: 'no record' });
  }

  await using run = await runOn(registry, release({ matrix: twoLegs }), { service, runId: 5 });

  expect(run.annotations()).toEqual([]);
  expect(service.requests('download')).toHaveLength(2);
});

test('F8: what an earlier run left on a machine of our own is not published', async () => {
  await using registry = await startRegistry();
  const old = imageOf(linux('riscv64'));
  seed(registry, repository, old);
  const record = JSON.stringify(
    recordOf({ group: repository, leg: 'old', descriptor: old.descriptor, total: 3, index: 2 }),
  );
  const leave = `{ run: 'for folder in "$RUNNER_TEMP" "$PWD" "$RUNNER_TEMP/oci-matrix-old"; do mkdir -p "$folder"; cp old.json "$folder/record.json"; done' }`;
  const source = release({ matrix: twoLegs, prepare: ['{ uses: actions/checkout@v5 }', leave] });

  await using run = await runOn(registry, source, { files: { 'old.json': record } });

  expect(run.annotations()).toEqual([]);
  expect(disksAt(registry, repository, 'v1')).toEqual(['a for amd64', 'a for arm64']);
});

const aggregateAll = `
on: workflow_dispatch
jobs:
  all:
    runs-on: ubuntu-24.04
    steps: [{ id: legs, uses: oci-matrix/oci-matrix/actions/aggregate-outputs@v1 }]
`;

const large = 5 * 1024 * 1024;

test.each([
  [
    'no JSON',
    '{"schema":',
    'RECORD_INVALID',
    /^the record of artifact \S+ cannot be read: is not JSON/,
  ],
  [
    'larger than any record',
    'x'.repeat(large),
    'ARTIFACT_SERVICE',
    /^artifact "\S+" has \d+ bytes, more than the 4194304 bytes/,
  ],
])(
  'a record that is %s is an error with the name of its artifact',
  async (_, record, title, message) => {
    await using registry = await startRegistry();
    await using service = await startResultsService();
    await storeRecord(service, { run: 5, name: 'oci-matrix-acme-app-zz-0-a1', record });

    await using run = await runOn(registry, release({ matrix: twoLegs }), { service, runId: 5 });

    expect(run.job('publish').annotations).toEqual([
      { level: 'error', title, message: expect.stringMatching(message) },
    ]);
    expect(run.job('publish').annotations[0]?.message).toContain('oci-matrix-acme-app-zz-0-a1');
    expect(registry.tags(repository)).toEqual([]);
  },
);

test('256 legs are one pass: a listing, three requests a leg, and never more at a time than a few', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  const legs = Array.from({ length: 256 }, (_, at) => `leg-${at}`);
  for (const [index, leg] of legs.entries()) {
    const record = { ...recordOf({ group: 'all', leg, index, total: 256, outputs: { at: leg } }) };
    await storeRecord(service, { run: 5, name: `oci-matrix-all-${leg}-0-a1`, record });
  }

  await using run = await runOn(registry, aggregateAll, { service, runId: 5 });

  const { outputs } = run.job('all').steps[0] ?? { outputs: {} };
  expect(outputs).toMatchObject({ count: '256', complete: 'true', 'leg-255.at': 'leg-255' });
  // GitHub's client lists once more for each download.
  expect(service.requests('ListArtifacts')).toHaveLength(1 + 256);
  expect(service.requests('GetSignedArtifactURL')).toHaveLength(256);
  expect(service.requests('download')).toHaveLength(256);
  expect(Math.max(...service.requests().map(({ atOnce }) => atOnce))).toBeLessThanOrEqual(8);
});

test('an archive whose paths lead out of its folder writes nothing, and its record is read', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  await using outside = await temporaryDirectory('outside');
  await service.seed({
    run: backendIdOf('acme/app', 5),
    name: 'oci-matrix-all-a-0-a1',
    content: zipOf({
      [`${'../'.repeat(30)}${outside.path}/evil`]: 'evil',
      'record.json': JSON.stringify(recordOf({ group: 'all', outputs: { a: '1' } })),
    }),
  });

  await using run = await runOn(registry, aggregateAll, { service, runId: 5 });

  expect(run.job('all').steps[0]?.outputs).toMatchObject({ count: '1', complete: 'true' });
  expect(await readdir(outside.path)).toEqual([]);
});
