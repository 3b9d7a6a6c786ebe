import { type ActionResult, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act, folderWith } from '../actions/act.ts';
import { failureOf } from '../actions/refusal.ts';
import { indexAt, update } from '../actions/update.ts';
import { seedContainerImages } from '../examples/container-images.ts';
import { version } from '../examples/garden-linux.ts';
import { publishedAt } from '../flows/kit/published.ts';
import { runOn } from '../flows/kit/run.ts';
import { entryFiles, pushBaseline, seedIndex } from './kit/baseline.ts';
import { buildOf, pushTarget, repository, updateImages, updateWith } from './kit/publish.ts';
import { allTargets, targetOf } from './kit/target.ts';

const targets = ['amd64', 'arm64'].map((arch) => targetOf('kvm-gardener_prod', arch));

const workflow = `
on: workflow_dispatch
jobs:
  publish:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v5
      - uses: oci-matrix/oci-matrix@v1
        with:
          image: \${{ vars.IMAGE }}
          tags: ${version}
          descriptor-files: manifests/oci_manifest_entry_*.json
          expect: 28
          identity: "platform\\nannotations.feature_set"
`;

test('A17: publish takes the files of gl-oci, all 28, beside the container images', async () => {
  await using registry = await startRegistry();
  seedContainerImages(registry, repository, version);
  const all = allTargets.map((target) => pushBaseline(registry, repository, target));

  await using run = await runOn(registry, workflow, { files: entryFiles(all) });
  const { manifests = [] } = publishedAt(registry, repository, version)?.index ?? {};
  await using partial = await runOn(registry, workflow, { files: entryFiles(all.slice(1)) });

  expect([run.conclusion, partial.conclusion]).toEqual(['success', 'failure']);
  expect(manifests).toHaveLength(30);
  expect(new Set(manifests.slice(2))).toEqual(new Set(all.map(({ entry }) => entry)));
  expect(partial.annotations()).toMatchObject([{ title: 'LEG_MISSING' }]);
});

test('A17: an index made of our files is the one that is made of our records', async () => {
  await using registry = await startRegistry();
  await using workspace = await folderWith({});
  const options = { workspace: workspace.path, with: { record: 'output', group: 'app' } };
  const pushed: ActionResult[] = [];
  for (const [at, target] of targets.entries()) {
    await using build = await folderWith(buildOf(target));
    const file = `${workspace.path}/manifests/${at}.json`;
    const leg = {
      'descriptor-file': file,
      leg: target.cname,
      'leg-index': `${at}`,
      'leg-total': '2',
    };
    pushed.push(
      await pushTarget(registry, target, {
        workspace: build.path,
        with: { ...options.with, ...leg },
      }),
    );
  }

  const byFiles = await updateWith(registry, [], { ...options, with: { expect: '2' } });
  const records = pushed.map(({ outputs }) => JSON.parse(outputs.record ?? ''));
  const schema = 'oci-matrix/records/v1';
  const document = { schema, group: 'app', complete: true, missing: [], records };
  const given = { tags: 'records', records: JSON.stringify(document) };
  const byRecords = await update(registry, given);

  expect([byFiles.exitCode, byRecords.exitCode]).toEqual([0, 0]);
  expect(byRecords.outputs.digest).toBe(byFiles.outputs.digest);
});

test('A17: aggregate-outputs makes a document of the files, and says which is missing', async () => {
  await using registry = await startRegistry();
  const files = entryFiles(targets.map((target) => pushBaseline(registry, repository, target)));
  const names = targets.map(({ cname }) => `oci_manifest_entry_${cname}`);
  const given = { 'descriptor-files': 'manifests/*.json', expect: names.join('\n') };

  const { outputs } = await act('aggregate-outputs', { files, with: given });
  const [first = ''] = Object.keys(files);
  const { [first]: _, ...fewer } = files;
  const failure = failureOf(await act('aggregate-outputs', { files: fewer, with: given }));
  const tags = { tags: version, records: outputs.records ?? '' };
  const { exitCode } = await update(registry, { ...tags, identity: 'platform' });

  expect(outputs).toMatchObject({ count: '2', complete: 'true', missing: '[]' });
  expect(Object.keys(JSON.parse(outputs.digests ?? ''))).toEqual(names);
  expect(exitCode).toBe(0);
  expect(failure).toMatchObject({ code: 'LEG_MISSING' });
  expect(failure.what).toContain(names[0]);
});

test('A17: files and records together are refused: one leg would count twice', async () => {
  await using registry = await startRegistry();
  const all = targets.map((target) => pushBaseline(registry, repository, target));

  const refusal = failureOf(
    await updateWith(registry, all, { with: { 'records-file': 'records.json' } }),
  );

  expect(refusal.what).toContain('has 2 sources of records');
});

const namesAt = (registry: Registry): string[] =>
  indexAt(registry, version)
    .manifests.map(
      ({ annotations, platform }) => annotations?.cname ?? platform?.architecture ?? '',
    )
    .toSorted();

const union = ['amd64', 'arm64', ...targets.map(({ cname }) => cname)];

test.each([
  ['before', ['images', 'targets']],
  ['after', ['targets', 'images']],
  ['again after', ['images', 'targets', 'images']],
  ['again before', ['targets', 'images', 'targets']],
])('A7: container images that come %s the targets make one index with them', async (_, order) => {
  await using registry = await startRegistry();
  const all = targets.map((target) => pushBaseline(registry, repository, target));

  for (const job of order) {
    const { exitCode } =
      job === 'images' ? await updateImages(registry) : await updateWith(registry, all);
    expect(exitCode).toBe(0);
  }

  expect(namesAt(registry)).toEqual(union);
});

test('R2, A7: a repeat brings back what another tool wrote over', async () => {
  await using registry = await startRegistry();
  const all = targets.map((target) => pushBaseline(registry, repository, target));
  await updateImages(registry);
  const images = indexAt(registry, version).manifests;
  await updateWith(registry, all);
  // podman puts the list that it has, whatever the tag names by now.
  seedIndex(registry, repository, version, images);

  const { outputs } = await updateWith(registry, all);

  expect(outputs).toMatchObject({ added: '2', kept: '2', changed: 'true' });
  expect(namesAt(registry)).toEqual(union);
});
