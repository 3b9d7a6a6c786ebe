import { type Descriptor, digestOf, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parseAnnotationLines } from './annotations.ts';
import { attestationSubject } from './attestation.ts';
import { parseSelectors } from './remove-entries.ts';
import { attestationFor, pushedBy, recordsOf } from './test-kit/records.ts';
import { seedArtifact, seedImage } from './test-kit/seeds.ts';
import { update } from './test-kit/update.ts';

const indexAt = (registry: Registry, tag: string) =>
  JSON.parse(Buffer.from(registry.manifest('octo/app', tag)?.bytes ?? []).toString());
const writes = (registry: Registry) =>
  registry.requests().filter(({ method }) => method !== 'GET' && method !== 'HEAD');

test('where there is no tag yet, an index of all legs is made', async () => {
  await using registry = await startRegistry();
  const [arm64, amd64] = ['linux/arm64', 'linux/amd64'].map((name) => seedImage(registry, name));
  const disk = seedArtifact(registry, 'disk');
  if (!arm64 || !amd64) throw new Error('no seeds');
  const records = recordsOf(pushedBy('c', disk), pushedBy('a', arm64), pushedBy('b', amd64));

  const updated = await update(registry, { records });

  expect(indexAt(registry, '1.0')).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: [amd64, arm64, disk],
  });
  expect(updated.descriptor.digest).toBe(registry.manifest('octo/app', '1.0')?.digest);
  expect(updated).toMatchObject({ changed: true, tags: [{ tag: '1.0', moved: true }] });
});

test('A5: a repeat writes nothing, in whatever order the legs come', async () => {
  await using registry = await startRegistry();
  const legs = ['amd64', 'arm64'].map((arch) =>
    pushedBy(arch, seedImage(registry, `linux/${arch}`)),
  );
  const first = await update(registry, { records: recordsOf(...legs) });
  registry.clearRequests();

  const second = await update(registry, { records: recordsOf(...legs.toReversed()) });

  expect(writes(registry)).toEqual([]);
  expect(registry.requests()).toHaveLength(1);
  expect(second.descriptor).toEqual(first.descriptor);
  expect(second).toMatchObject({ changed: false, tags: [{ tag: '1.0', moved: false }] });
  expect(second.changes.map(({ outcome }) => outcome)).toEqual(['kept', 'kept']);
});

test('F19: a repeat succeeds where tags are immutable', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  await update(registry, { records });

  expect(await update(registry, { records })).toMatchObject({ changed: false });
});

test('legs of a later run replace theirs and leave the rest alone', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  await update(registry, { records: recordsOf(pushedBy('a', amd64), pushedBy('b', arm64)) });
  const newer = seedImage(registry, 'linux/arm64', { text: 'newer' });

  const updated = await update(registry, { records: recordsOf(pushedBy('b', newer)) });

  expect(indexAt(registry, '1.0').manifests).toEqual([amd64, newer]);
  expect(updated.changes).toContainEqual({
    outcome: 'replaced',
    descriptor: newer,
    previous: arm64,
  });
});

test('thirty legs are one write', async () => {
  await using registry = await startRegistry();
  const legs = Array.from({ length: 30 }, (_, at) => {
    const annotations = { cname: `target-${at}` };
    return pushedBy(`leg-${at}`, seedArtifact(registry, `disk ${at}`, { annotations }));
  });

  const identity = ['annotations.cname'];
  const updated = await update(registry, { records: recordsOf(...legs), identity });

  expect(writes(registry)).toHaveLength(1);
  expect(updated.entries).toHaveLength(30);
});

test('a leg that pushed an index is flattened, and its attestations leave with its image', async () => {
  await using registry = await startRegistry();
  const [first, second] = ['1', '2'].map((text) => seedImage(registry, 'linux/amd64', { text }));
  const withAttestation = (image: Descriptor) => {
    const { platform = { os: '', architecture: '' }, annotations = {} } = attestationFor(image);
    const seeded = seedArtifact(registry, `about ${image.digest}`, { platform, annotations });
    return recordsOf(pushedBy('amd64', image, seeded));
  };
  if (!first || !second) throw new Error('no seeds');
  await update(registry, { records: withAttestation(first) });

  const updated = await update(registry, { records: withAttestation(second) });

  expect(updated.entries.map(({ digest }) => digest)).not.toContain(first.digest);
  expect(updated.entries.map(attestationSubject)).toEqual([undefined, second.digest]);
  expect(updated.changes.map(({ outcome }) => outcome)).toEqual(['replaced', 'replaced']);
});

test('several tags name one index, and one that strayed is repaired alone', async () => {
  await using registry = await startRegistry();
  const tags = ['1.0', '1', 'latest'];
  const amd64 = seedImage(registry, 'linux/amd64', { tag: 'latest' });
  const records = recordsOf(pushedBy('amd64', amd64));
  const first = await update(registry, { records, tags });
  seedImage(registry, 'linux/amd64', { tag: '1', text: 'stray' });
  registry.clearRequests();

  const second = await update(registry, { records, tags });

  expect(first.tags).toEqual([
    { tag: '1.0', moved: true },
    { tag: '1', moved: true },
    { tag: 'latest', moved: true, previous: amd64.digest },
  ]);
  expect(writes(registry).map(({ path }) => path)).toEqual(['/v2/octo/app/manifests/1']);
  expect(second).toMatchObject({ changed: false, tags: [{}, { moved: true }, { moved: false }] });
  const digests = tags.map((tag) => registry.manifest('octo/app', tag)?.digest);
  expect(new Set(digests)).toEqual(new Set([first.descriptor.digest]));
});

test('of several tags none moves before the registry has the index', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  registry.fail('PUT', /manifests\/sha256:/, { status: 500 });

  await expect(update(registry, { records, tags: ['1', '2'] })).rejects.toThrow('HTTP_500');

  expect(registry.tags('octo/app')).toEqual([]);
});

test('a dry run writes nothing, and gives the digest that the real run then gives', async () => {
  await using registry = await startRegistry();
  seedImage(registry, 'linux/amd64', { tag: '1.0' });
  const records = recordsOf(pushedBy('arm64', seedImage(registry, 'linux/arm64')));
  const options = { records, annotations: parseAnnotationLines(['a=b']), tags: ['1.0', '1'] };

  const dry = await update(registry, { ...options, dryRun: true });
  const written = writes(registry);
  const real = await update(registry, options);

  expect(written).toEqual([]);
  expect(dry).toEqual(real);
  expect(digestOf(dry.bytes)).toBe(registry.manifest('octo/app', '1')?.digest);
});

test('a dry run needs no child to be there', async () => {
  await using registry = await startRegistry();
  const amd64 = seedImage(registry, 'linux/amd64');
  registry.deleteManifest('octo/app', amd64.digest);

  const dry = await update(registry, { records: recordsOf(pushedBy('a', amd64)), dryRun: true });

  expect(dry.entries).toEqual([amd64]);
});

test('replacing leaves exactly what the legs pushed', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  await update(registry, { records: recordsOf(pushedBy('a', amd64)) });

  const updated = await update(registry, {
    mode: 'replace',
    records: recordsOf(pushedBy('b', arm64)),
  });

  expect(indexAt(registry, '1.0').manifests).toEqual([arm64]);
  expect(updated.changes.map(({ outcome }) => outcome)).toEqual(['added', 'removed']);
});

test('removing takes out what is named, with its attestations', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const { platform, annotations } = attestationFor(arm64);
  const attestation = {
    ...seedArtifact(registry, 'provenance'),
    ...(platform && annotations ? { platform, annotations } : {}),
  };
  const all = [amd64, arm64, attestation];
  registry.seedManifest('octo/app', { schemaVersion: 2, manifests: all }, { tag: '1.0' });

  await update(registry, { mode: 'remove', remove: parseSelectors(['linux/arm64']) });

  expect(indexAt(registry, '1.0').manifests).toEqual([amd64]);
});

test('removing from a tag that is not there makes no empty index', async () => {
  await using registry = await startRegistry();
  seedImage(registry, 'linux/amd64');

  const removing = update(registry, { mode: 'remove', remove: parseSelectors(['linux/arm64']) });

  await expect(removing).rejects.toMatchObject({ code: 'MANIFEST_UNKNOWN' });
  expect(registry.tags('octo/app')).toEqual([]);
});
