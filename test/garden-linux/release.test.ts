import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Registry,
  type RunOptions,
  startRegistry,
  temporaryDirectory,
} from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { checkout, folderWith } from '../actions/act.ts';
import { imageAt } from '../actions/pushed.ts';
import { indexAt } from '../actions/update.ts';
import { commit, version } from '../examples/garden-linux.ts';
import { runExample } from '../examples/run-example.ts';
import { baselineOf, comparable } from './kit/baseline.ts';
import { build, contentsOf, runStep } from './kit/built.ts';
import { buildOf, pushTarget, repository, updateWith } from './kit/publish.ts';
import { type Target, targetOf } from './kit/target.ts';

const example = 'garden-linux-drop-in';
const flavors = ['kvm_trustedboot_tpm2', 'metal_pxe'];
const targets = flavors.flatMap((flavor) =>
  ['amd64', 'arm64'].map((architecture) => targetOf(`${flavor}-gardener_prod`, architecture)),
);
const inputs = { version, commit, targets: JSON.stringify(flavors) };
const event = { name: 'workflow_dispatch', inputs };

interface Step {
  readonly name?: string;
  readonly run?: string;
}
interface Job {
  readonly steps: readonly Step[];
  readonly permissions: Readonly<Record<string, string>>;
}
const source = readFileSync(join(checkout, `examples/${example}.yml`), 'utf8');
const jobs: Readonly<Record<string, Job>> = parse(source).jobs;
const layOut = jobs.push?.steps.find(({ name }) => name === 'Lay out the files')?.run ?? '';

/** The target with what the example's script builds of it, its archive unpacked as gl-oci does. */
async function builtTarget(target: Target): Promise<Target> {
  await using folder = await temporaryDirectory('target');
  await build(target, folder.path);
  await runStep('tar -xzf build/*.pxe.tar.gz -C build || true', folder.path);
  return { ...target, files: await contentsOf(join(folder.path, 'build')) };
}

const tagsAt = (registry: Registry, ...tags: string[]) =>
  tags.map((tag) => registry.manifest(repository, tag)?.digest);

test('A1, A2, A10, A12, A16: a release is what gl-oci publishes of the same builds', async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, example, { event });

  expect(run.conclusion).toBe('success');
  const index = indexAt(registry, version);
  expect(index.manifests).toHaveLength(4);
  for (const target of targets) {
    const baseline = baselineOf(await builtTarget(target));
    expect(comparable(imageAt(registry, baseline.tag))).toEqual(comparable(baseline.manifest));
    const [digest] = tagsAt(registry, baseline.tag);
    const entry = index.manifests.find((each) => each.digest === digest);
    expect(entry).toMatchObject({
      annotations: baseline.entry.annotations,
      platform: baseline.entry.platform,
    });
  }
  expect(tagsAt(registry, 'latest')).toEqual(tagsAt(registry, version));
  // ghcr.io allows 2000 requests a minute: all 28 targets at once stay far below.
  expect((registry.requests().length / targets.length) * 28).toBeLessThan(1000);
});

test('A12: a PXE archive is expanded beside the build, which stays as it was', async () => {
  await using folder = await temporaryDirectory('build');
  const before = await build(targetOf('metal_pxe-gardener_prod', 'amd64'), folder.path);

  await runStep(layOut, folder.path);

  const parts = ['cmdline', 'initrd', 'root.squashfs', 'vmlinuz'];
  expect(await contentsOf(join(folder.path, 'build'))).toEqual(before);
  expect(Object.keys(before)).not.toEqual(expect.arrayContaining(parts));
  expect(Object.keys(await contentsOf(join(folder.path, 'files')))).toEqual(
    [...Object.keys(before), ...parts].toSorted(),
  );
});

test('A12: an archive with a path out of its folder leads nowhere else', async () => {
  await using folder = await temporaryDirectory('build');
  const make = `mkdir build && echo out > out && tar -czPf build/x.pxe.tar.gz --transform 's,^,../,' out && rm out`;
  await runStep(make, folder.path);

  await runStep(layOut, folder.path).catch(() => undefined);

  expect(Object.keys(await contentsOf(join(folder.path, 'build')))).toEqual(['x.pxe.tar.gz']);
  await expect(runStep('test -e out', folder.path)).rejects.toThrow();
});

test('A3, A16: with a target that failed there is no index, and a re-run of it completes the release', async () => {
  await using registry = await startRegistry();
  const failStep: RunOptions['failStep'] = ({ job, step, attempt }) =>
    attempt === 1 && job.name === 'push (metal_pxe, arm64)' && step.name === 'Build';

  await using run = await runExample(registry, example, { event, failStep });
  const tags = registry.tags(repository);
  await using again = await run.rerunFailed();

  expect([run.conclusion, again.conclusion]).toEqual(['failure', 'success']);
  expect(tags).toHaveLength(3);
  expect(tags).not.toContain('latest');
  expect(indexAt(registry, 'latest').manifests).toHaveLength(4);
});

test('A15: the index job may write packages and nothing else, and no script sees a secret', () => {
  const scripts = Object.values(jobs).flatMap(({ steps }) => steps.map(({ run }) => run ?? ''));

  expect(jobs.publish?.permissions).toEqual({ packages: 'write' });
  expect(scripts.filter((script) => script !== '')).toHaveLength(3);
  expect(scripts.filter((script) => /secrets|token/i.test(script))).toEqual([]);
});

test('A15: a password is in no log, output, summary or descriptor file', async () => {
  const auth = { kind: 'basic', username: 'octocat', password: 'hunter2-and-more' } as const;
  await using registry = await startRegistry({ auth });
  const { username, password } = auth;
  const [target = targetOf('', '')] = targets;
  await using workspace = await folderWith(buildOf(target));

  const pushed = await pushTarget(registry, target, {
    workspace: workspace.path,
    with: { username, password },
  });
  const files = { username, password, expect: '1' };
  const updated = await updateWith(registry, [], { workspace: workspace.path, with: files });

  expect([pushed.exitCode, updated.exitCode]).toEqual([0, 0]);
  const written = await contentsOf(join(workspace.path, 'manifests'));
  const seen = JSON.stringify([Object.values(written).join(), pushed, updated]);
  expect(seen).toContain(target.cname);
  // What the runner has to mask was printed, but for the commands that tell it to.
  expect(seen.replaceAll('::add-mask::***', '')).not.toContain('***');
  for (const trace of [password, btoa(password), btoa(`${username}:${password}`)]) {
    expect(seen).not.toContain(trace);
  }
});
