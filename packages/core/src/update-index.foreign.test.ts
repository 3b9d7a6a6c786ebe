import { mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parseAnnotationLines } from './annotations.ts';
import { parseSelectors } from './remove-entries.ts';
import { pushedBy, recordsOf } from './test-kit/records.ts';
import { seedArtifact, seedImage } from './test-kit/seeds.ts';
import { update } from './test-kit/update.ts';

const textAt = (registry: Registry, tag: string): string =>
  Buffer.from(registry.manifest('octo/app', tag)?.bytes ?? []).toString();

const gardenPlatform = { os: 'gardenlinux', architecture: 'amd64', 'os.version': '1877.3' };
const cname = 'aws-gardener_prod-amd64';
const byName = ['platform', 'annotations.cname'];

test.each([
  ['with a media type', true],
  ['without a media type', false],
])('A4: the entries of podman stay first and byte for byte, in an index %s', async (_, typed) => {
  await using registry = await startRegistry();
  const images = ['linux/amd64', 'linux/arm64'].map((name) => seedImage(registry, name));
  const podman = { schemaVersion: 2, ...(typed ? { mediaType: mediaTypes.imageIndex } : {}) };
  const text = JSON.stringify({ ...podman, manifests: images }, null, 3);
  registry.seedManifest('octo/app', text, { tag: '1.0', mediaType: mediaTypes.imageIndex });
  const annotations = { cname, architecture: 'amd64' };
  const disk = seedArtifact(registry, 'disk', { platform: gardenPlatform, annotations });
  const records = recordsOf(pushedBy('aws', disk));

  const updated = await update(registry, { records, identity: byName });

  const entries = text.slice(text.indexOf('[') + 1, text.lastIndexOf(']')).trim();
  const [first = '', second = ''] = entries.split(/(?<=^ {6}\}),\s*/m);
  expect(textAt(registry, '1.0')).toContain(`"manifests":[${first},${second},{"mediaType"`);
  expect(updated.changes.map(({ outcome }) => outcome)).toEqual(['kept', 'kept', 'added']);
  expect(updated.entries.at(-1)).toEqual(disk);
});

test('A7, R2: podman writing its images after us loses nothing when we run again', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const disk = seedArtifact(registry, 'disk', { platform: gardenPlatform, annotations: { cname } });
  const records = recordsOf(pushedBy('aws', disk));
  await update(registry, { records, identity: byName });
  registry.seedManifest('octo/app', { schemaVersion: 2, manifests: [image] }, { tag: '1.0' });

  const updated = await update(registry, { records, identity: byName });

  expect(updated.entries).toEqual([image, disk]);
});

test('an index in which nothing changes keeps its bytes, white space and all', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const text = JSON.stringify({ schemaVersion: 2, manifests: [image], later: [1] }, null, 2);
  registry.seedManifest('octo/app', text, { tag: '1.0' });

  const merged = await update(registry, { records: recordsOf(pushedBy('amd64', image)) });
  const removed = await update(registry, {
    mode: 'remove',
    remove: parseSelectors(['linux/s390x']),
  });

  expect([merged.changed, removed.changed]).toEqual([false, false]);
  expect(registry.requests('PUT')).toEqual([]);
  expect(textAt(registry, '1.0')).toBe(text);
});

test('annotations, subject and artifact type of the index stay, and ours come to them', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const { mediaType, digest, size } = seedImage(registry, 'linux/s390x');
  const members = {
    artifactType: 'application/vnd.theirs',
    subject: { mediaType, digest, size },
    annotations: { theirs: '1' },
    later: { a: 1e3 },
  };
  registry.seedManifest(
    'octo/app',
    { schemaVersion: 2, manifests: [image], ...members },
    { tag: '1.0' },
  );
  const arm64 = seedImage(registry, 'linux/arm64');

  await update(registry, {
    records: recordsOf(pushedBy('arm64', arm64)),
    annotations: parseAnnotationLines(['ours=2', 'index:both=3', 'manifest-descriptor:entry=4']),
  });

  expect(JSON.parse(textAt(registry, '1.0'))).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    ...members,
    annotations: { both: '3', ours: '2', theirs: '1' },
    manifests: [image, { ...arm64, annotations: { entry: '4' } }],
  });
});

test('an annotation alone is a change, and once made is none', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  await update(registry, { records });
  const options = { records, annotations: parseAnnotationLines(['index:version=2']) };

  const first = await update(registry, options);
  const second = await update(registry, options);

  expect([first.changed, second.changed]).toEqual([true, false]);
  expect(JSON.parse(textAt(registry, '1.0')).annotations).toEqual({ version: '2' });
});

test('artifact type and subject can be given, the subject by its tag', async () => {
  await using registry = await startRegistry();
  const { mediaType, digest, size } = seedImage(registry, 'linux/s390x', { tag: 'base' });
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));

  await update(registry, { records, artifactType: 'application/vnd.ours', subject: 'base' });

  expect(JSON.parse(textAt(registry, '1.0'))).toMatchObject({
    artifactType: 'application/vnd.ours',
    subject: { mediaType, digest, size },
  });
});

test('an image at the tag becomes an entry', async () => {
  await using registry = await startRegistry();
  const amd64 = seedImage(registry, 'linux/amd64', { tag: '1.0' });
  const arm64 = seedImage(registry, 'linux/arm64');

  const updated = await update(registry, { records: recordsOf(pushedBy('arm64', arm64)) });

  expect(updated.entries).toEqual([amd64, arm64]);
  expect(updated.tags).toEqual([{ tag: '1.0', moved: true, previous: amd64.digest }]);
});

test('an image at the tag gives way to the leg of its platform', async () => {
  await using registry = await startRegistry();
  seedImage(registry, 'linux/arm64/v8', { tag: '1.0', text: 'old' });
  const arm64 = seedImage(registry, 'linux/arm64');

  const updated = await update(registry, { records: recordsOf(pushedBy('arm64', arm64)) });

  expect(updated.entries).toEqual([arm64]);
});

test('an image from which nothing is removed stays an image', async () => {
  await using registry = await startRegistry();
  const amd64 = seedImage(registry, 'linux/amd64', { tag: '1.0' });

  const updated = await update(registry, {
    mode: 'remove',
    remove: parseSelectors(['linux/arm64']),
  });

  expect(updated).toMatchObject({ changed: false, descriptor: { digest: amd64.digest } });
  expect(registry.requests('PUT')).toEqual([]);
});

test('a manifest list of Docker is read, and written as an OCI index', async () => {
  await using registry = await startRegistry();
  const amd64 = seedImage(registry, 'linux/amd64', { docker: true });
  const mediaType = mediaTypes.dockerManifestList;
  const list = { schemaVersion: 2, mediaType, manifests: [amd64] };
  registry.seedManifest('octo/app', list, { tag: '1.0' });
  const arm64 = seedImage(registry, 'linux/arm64');

  const updated = await update(registry, { records: recordsOf(pushedBy('arm64', arm64)) });

  expect(registry.manifest('octo/app', '1.0')?.mediaType).toBe(mediaTypes.imageIndex);
  expect(updated.entries).toEqual([amd64, arm64]);
});
