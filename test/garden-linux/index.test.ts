import { elementSources, memberSources } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { imageOf, indexOf, linux, seed } from '../actions/content.ts';
import { recordsOf } from '../actions/records.ts';
import { failureOf, refusalOf, writes } from '../actions/refusal.ts';
import { indexAt, update } from '../actions/update.ts';
import { seedContainerImages } from '../examples/container-images.ts';
import { version } from '../examples/garden-linux.ts';
import { pushBaseline, seedIndex } from './kit/baseline.ts';
import { repository, updateWith } from './kit/publish.ts';
import { allTargets, targetOf } from './kit/target.ts';

const [kvm, aws] = [targetOf('kvm-gardener_prod', 'amd64'), targetOf('aws-gardener_prod', 'amd64')];

const cnamesAt = (registry: Registry, tag = version): (string | undefined)[] =>
  indexAt(registry, tag).manifests.map(({ annotations }) => annotations?.cname);

const sourcesAt = (registry: Registry, tag = version): readonly string[] => {
  const text = new TextDecoder().decode(registry.manifest(repository, tag)?.bytes);
  return elementSources(memberSources(text).get('manifests') ?? '[]');
};

test('A3, R14: 28 targets are one index, written once and the same whatever the order, with the entries of gl-oci', async () => {
  await using registry = await startRegistry();
  const all = allTargets.map((target) => pushBaseline(registry, repository, target));

  const { exitCode, outputs } = await updateWith(registry, all);
  const puts = registry.requests('PUT').map(({ path }) => path);
  const fetched = registry.requests('GET', /\/manifests\//);
  await updateWith(registry, all.toReversed(), { with: { tags: 'again' } });

  expect(exitCode).toBe(0);
  expect(outputs.added).toBe('28');
  expect(puts.filter((path) => path.includes('/manifests/'))).toHaveLength(1);
  expect(fetched.length).toBeLessThanOrEqual(2);
  expect(registry.manifest(repository, 'again')?.digest).toBe(outputs.digest);
  const entries = indexAt(registry, version).manifests;
  expect(new Set(entries)).toEqual(new Set(all.map(({ entry }) => entry)));
  for (const { digest, size } of entries) {
    expect(registry.manifest(repository, digest)?.bytes).toHaveLength(size);
  }
});

test('A3, A16: while a target is missing nothing is written, and no tag moves', async () => {
  await using registry = await startRegistry();
  const there = [kvm].map((target) => pushBaseline(registry, repository, target));
  seedIndex(registry, repository, 'latest', []);
  const before = registry.manifest(repository, 'latest');
  const names = [kvm, aws].map(({ cname }) => `oci_manifest_entry_${cname}`);
  const given = { expect: names.join('\n'), tags: `${version}\nlatest` };

  const refusal = refusalOf(await updateWith(registry, there, { with: given }), registry);

  expect(refusal.code).toBe('LEG_MISSING');
  expect(refusal.what).toContain(`oci_manifest_entry_${aws.cname}`);
  expect(registry.manifest(repository, 'latest')).toEqual(before);
});

test('A3: files that nobody counted are no release', async () => {
  await using registry = await startRegistry();
  const there = pushBaseline(registry, repository, kvm);

  const refusal = refusalOf(
    await updateWith(registry, [there], { with: { expect: '' } }),
    registry,
  );

  expect(refusal).toMatchObject({ code: 'INPUT_INVALID', hint: expect.stringContaining('expect') });
});

test('A3: an entry whose manifest is not there, or has another size, is not published', async () => {
  await using registry = await startRegistry();
  const { file, entry } = pushBaseline(registry, repository, kvm);
  const wrong = JSON.stringify({ ...entry, size: entry.size + 1 });
  await using elsewhere = await startRegistry();
  const absent = pushBaseline(elsewhere, repository, aws);

  for (const files of [
    { [`manifests/${file[0]}`]: wrong },
    { [`manifests/${absent.file[0]}`]: absent.file[1] },
  ]) {
    const refusal = refusalOf(
      await updateWith(registry, [], { files, with: { expect: '1' } }),
      registry,
    );

    expect(refusal.code).toBe('CHILD_MISSING');
  }
});

test('R12: a folder without entries is an error, and no empty index', async () => {
  await using registry = await startRegistry();
  const files = { 'manifests/notes.txt': 'nothing else' };

  const refusal = refusalOf(
    await updateWith(registry, [], { files, with: { expect: '28' } }),
    registry,
  );

  expect(refusal.what).toContain('no file matches "manifests/*.json"');
  expect(registry.tags(repository)).toEqual([]);
});

test.each([
  ['with', false],
  ['without', true],
])('A4: the entries of podman, %s media types, stay as they are, and first', async (_, bare) => {
  await using registry = await startRegistry();
  const foreign = seedContainerImages(registry, repository, version).map((entry) =>
    bare ? entry.replace(/,\s*"mediaType": "[^"]*"/, '') : entry,
  );
  const text = `{"schemaVersion":2,"manifests":[${foreign}]}`;
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  registry.seedManifest(repository, text, { tag: version, mediaType });
  const all = [kvm, aws].map((target) => pushBaseline(registry, repository, target));

  await updateWith(registry, all);

  expect(sourcesAt(registry).slice(0, 2)).toEqual(foreign);
  expect(cnamesAt(registry)).toEqual([undefined, undefined, aws.cname, kvm.cname]);
});

test('A5: the same entries again are the same digest, and nothing is written', async () => {
  await using registry = await startRegistry();
  const all = [kvm, aws].map((target) => pushBaseline(registry, repository, target));
  seedContainerImages(registry, repository, version);
  const first = await updateWith(registry, all);
  registry.clearRequests();

  const second = await updateWith(registry, all);

  expect(second.outputs).toMatchObject({ digest: first.outputs.digest, changed: 'false' });
  expect(writes(registry)).toEqual([]);
});

test('A5: an index that gl-oci wrote of the same entries is not written again', async () => {
  await using registry = await startRegistry();
  const all = [kvm, aws].map((target) => pushBaseline(registry, repository, target));
  seedIndex(
    registry,
    repository,
    version,
    all.map(({ entry }) => entry),
  );
  const before = registry.manifest(repository, version);

  const { outputs } = await updateWith(registry, all);

  expect(outputs).toMatchObject({ digest: before?.digest, kept: '2', changed: 'false' });
  expect(writes(registry)).toEqual([]);
});

test('A6, R3: a target built from another commit takes the place of every older one', async () => {
  await using registry = await startRegistry();
  const builds = ['11111111', '22222222'].map((built) =>
    pushBaseline(registry, repository, targetOf('kvm-gardener_prod', 'amd64', built)),
  );
  const other = pushBaseline(registry, repository, aws);
  // As gl-oci leaves it: both stay, and the stale one is found first.
  seedIndex(
    registry,
    repository,
    version,
    [...builds, other].map(({ entry }) => entry),
  );

  const { outputs } = await updateWith(registry, [pushBaseline(registry, repository, kvm)]);

  expect(cnamesAt(registry)).toEqual([kvm.cname, aws.cname]);
  expect(outputs).toMatchObject({ replaced: '1', removed: '1', kept: '1' });
});

test('A6, R4: one name for two architectures is two entries', async () => {
  await using registry = await startRegistry();
  const all = ['amd64', 'arm64'].map((architecture) => {
    const target = { ...targetOf('kvm-gardener_prod', architecture), cname: 'kvm-gardener_prod' };
    const baseline = pushBaseline(registry, repository, target);
    return { ...baseline, file: [`${architecture}.json`, baseline.file[1]] as const };
  });

  const { outputs } = await updateWith(registry, all);

  expect(outputs.added).toBe('2');
  expect(cnamesAt(registry)).toEqual(['kvm-gardener_prod', 'kvm-gardener_prod']);
});

test('R7, A8: a container image at the tag becomes an entry, and an artifact there is refused', async () => {
  await using registry = await startRegistry();
  const image = imageOf(linux('amd64'));
  seed(registry, repository, image, version);
  const target = pushBaseline(registry, repository, kvm);

  await updateWith(registry, [target]);
  const tags = target.tag;
  const refused = failureOf(await updateWith(registry, [target], { with: { tags } }));

  expect(indexAt(registry, version).manifests.map(({ digest }) => digest)).toEqual([
    image.descriptor.digest,
    target.entry.digest,
  ]);
  expect(refused.code).toBe('NOT_AN_INDEX');
  expect(registry.manifest(repository, tags)?.digest).toBe(target.entry.digest);
});

test("R8, A8: Docker's list at the tag is read, and published as an OCI index with all its entries", async () => {
  await using registry = await startRegistry();
  const images = ['amd64', 'arm64'].map((architecture) => imageOf(linux(architecture)));
  seed(registry, repository, indexOf(images));
  const mediaType = 'application/vnd.docker.distribution.manifest.list.v2+json';
  const manifests = images.map(({ descriptor }) => descriptor);
  const list = { schemaVersion: 2, mediaType, manifests };
  registry.seedManifest(repository, list, { tag: version, mediaType });

  await updateWith(registry, [pushBaseline(registry, repository, kvm)]);

  expect(registry.manifest(repository, version)?.mediaType).toBe(
    'application/vnd.oci.image.index.v1+json',
  );
  expect(indexAt(registry, version).manifests.slice(0, 2)).toEqual(manifests);
  expect(cnamesAt(registry)).toEqual([undefined, undefined, kvm.cname]);
});

test('R13: a container image of another tool is added as a descriptor, beside the targets', async () => {
  await using registry = await startRegistry();
  await updateWith(registry, [pushBaseline(registry, repository, kvm)]);
  const image = imageOf(linux('amd64'));
  seed(registry, repository, image, 'amd64-1877.3');

  const records = recordsOf([{ descriptor: image.descriptor }]);
  const { exitCode } = await update(registry, { tags: version, records });

  expect(exitCode).toBe(0);
  expect(indexAt(registry, version).manifests).toContainEqual(image.descriptor);
  expect(cnamesAt(registry)).toContain(kvm.cname);
});

test('A16: every tag of a release names one index', async () => {
  await using registry = await startRegistry();
  const tags = [version, '1877', `${version}.0`, 'latest', 'nightly', 'rel-1877-latest'];
  const all = [kvm, aws].map((target) => pushBaseline(registry, repository, target));

  const { outputs } = await updateWith(registry, all, { with: { tags: tags.join('\n') } });

  const digests = tags.map((tag) => registry.manifest(repository, tag)?.digest);
  expect(new Set(digests)).toEqual(new Set([outputs.digest]));
});
