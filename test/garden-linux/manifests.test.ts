import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act, folderWith } from '../actions/act.ts';
import { imageAt, titleOf } from '../actions/pushed.ts';
import { refusalOf } from '../actions/refusal.ts';
import { baselineOf, comparable, emptyBlob, pushBaseline } from './kit/baseline.ts';
import { buildOf, inputsOf, pushTarget, repository } from './kit/publish.ts';
import { allTargets, targetOf } from './kit/target.ts';

const kvm = targetOf('kvm-gardener_prod', 'amd64');

test("A1: a target's manifest, tag, digest and entry are those of gl-oci", async () => {
  await using registry = await startRegistry();
  await using workspace = await folderWith(buildOf(kvm));

  const { outputs } = await pushTarget(registry, kvm, { workspace: workspace.path });

  const baseline = baselineOf(kvm);
  expect(registry.tags(repository)).toEqual([baseline.tag]);
  expect(comparable(imageAt(registry, baseline.tag))).toEqual(comparable(baseline.manifest));
  expect(outputs.digest).toBe(registry.manifest(repository, baseline.tag)?.digest);
  const file = join(workspace.path, 'manifests', baseline.file[0]);
  const { artifactType, ...entry } = JSON.parse(await readFile(file, 'utf8'));
  const { digest, size } = entry;
  expect(entry).toEqual({ ...baseline.entry, digest, size });
  expect({ digest, size }).toEqual({
    digest: outputs.digest,
    size: registry.manifest(repository, baseline.tag)?.bytes.byteLength,
  });
  // The one thing more: an artifact in an index says that it is none of the images.
  expect(artifactType).toBe('application/vnd.unknown.config.v1+json');
});

test('A2, R11: the digest is the same in whatever order a folder has its files, and read back', async () => {
  const names = Object.entries(buildOf(kvm));
  const digests: (string | undefined)[] = [];
  for (const files of [names, names.toReversed()]) {
    await using registry = await startRegistry();
    const { outputs } = await pushTarget(registry, kvm, { files: Object.fromEntries(files) });
    digests.push(outputs.digest, registry.manifest(repository, baselineOf(kvm).tag)?.digest);
  }

  expect(new Set(digests)).toEqual(new Set([digests[0]]));
  expect(digests[0]).toMatch(/^sha256:/);
});

test('R5, A12: a file that is gone is no layer any more, and the commit is the one of this build', async () => {
  await using registry = await startRegistry();
  const tags = '1877.3-kvm';
  const { [`build/${kvm.cname}.requirements`]: _, ...fewer } = buildOf(kvm);

  await pushTarget(registry, kvm, { with: { tags } });
  const before = imageAt(registry, tags);
  const rebuilt = { ...kvm, commit: '11111111' };
  await pushTarget(registry, rebuilt, { files: fewer, with: { tags } });
  const after = imageAt(registry, tags);

  expect(before.layers.map(titleOf)).toEqual(Object.keys(kvm.files).toSorted());
  expect(after.layers.map(titleOf)).toEqual(
    Object.keys(kvm.files)
      .filter((name) => !name.endsWith('.requirements'))
      .toSorted(),
  );
  expect([before, after].map(({ annotations }) => annotations?.commit)).toEqual([
    '75df9f40',
    '11111111',
  ]);
});

test('A12: a file of a kind that nobody named is refused before anything is sent', async () => {
  await using registry = await startRegistry();
  const files = { ...buildOf(kvm), 'build/kvm.cloud.test.xml.new': 'x' };

  const refusal = refusalOf(await pushTarget(registry, kvm, { files }), registry);

  expect(refusal).toMatchObject({
    code: 'MEDIA_TYPE_UNKNOWN',
    what: 'no media type is known for kvm.cloud.test.xml.new',
  });
  const types = `${inputsOf(kvm)['media-types']}\ntest.xml.new=application/vnd.acme.test`;
  expect(
    (await pushTarget(registry, kvm, { files, with: { 'media-types': types } })).exitCode,
  ).toBe(0);
});

test('A12: every file of all 28 targets has a media type', async () => {
  const lines = inputsOf(kvm)['media-types']?.trim().split('\n') ?? [];
  const suffixes = lines.map((line) => line.slice(0, line.indexOf('=')));
  const names = allTargets.flatMap(({ files }) => Object.keys(files));

  const unknown = names.filter(
    (name) => !suffixes.some((suffix) => name === suffix || name.endsWith(`.${suffix}`)),
  );

  expect(names.length).toBeGreaterThan(28 * 12);
  expect(unknown).toEqual([]);
});

test('the empty logs of a target are one blob, and sent once', async () => {
  await using registry = await startRegistry();

  const { outputs } = await pushTarget(registry, kvm);

  const empty = imageAt(registry, baselineOf(kvm).tag).layers.filter(
    ({ digest }) => digest === emptyBlob,
  );
  expect(empty).toHaveLength(6);
  expect(outputs.uploaded).toBe(String(Object.keys(kvm.files).length - empty.length + 2));
  expect(registry.blob(repository, emptyBlob)).toHaveLength(0);
});

test('A14: neither Python nor git nor a folder of features is needed', async () => {
  await using registry = await startRegistry();

  const { exitCode, annotations } = await pushTarget(registry, kvm, {
    environment: { PATH: '/nowhere' },
  });

  expect(annotations).toEqual([]);
  expect(exitCode).toBe(0);
});

test.each(['layer-annotations', 'config-annotations'])(
  '%s for a manifest that is made already are refused, never dropped',
  async (input) => {
    await using registry = await startRegistry();
    const { entry } = pushBaseline(registry, repository, kvm);
    const image = `${registry.host}/${repository}`;

    const given = { image, digest: entry.digest, [input]: 'a=b' };
    const refusal = refusalOf(await act('push-manifest', { with: given }), registry);

    expect(refusal.code).toBe('ANNOTATION_INVALID');
  },
);

test('a descriptor file that cannot be written is refused before the push', async () => {
  await using registry = await startRegistry();
  const files = { ...buildOf(kvm), manifests: 'a file' };

  const refusal = refusalOf(await pushTarget(registry, kvm, { files }), registry);

  expect(refusal.code).toBe('INPUT_INVALID');
  expect(refusal.what).toMatch(
    /^the descriptor file manifests\/oci_manifest_entry_.* cannot be written/,
  );
});
