import { canonicalBytes, type Descriptor, descriptorOf, mediaTypes } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultIdentity } from './identity.ts';
import type { EntryChange } from './merge-index.ts';
import { publishedSchema } from './published.ts';
import { publishedIndex } from './published-index.ts';
import { attestationFor, entryFor, imageFor, pushedBy, recordsOf } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const arm64 = imageFor('linux/arm64');
const oldArm64 = imageFor('linux/arm64', 'old');
const disk = entryFor('disk', { artifactType: 'application/vnd.disk' });
const provenance = attestationFor(amd64);

const updatedWith = (changes: readonly EntryChange[]) => {
  const entries = changes
    .filter(({ outcome }) => outcome !== 'removed')
    .map(({ descriptor }) => descriptor);
  const bytes = canonicalBytes({ manifests: entries });
  return {
    descriptor: descriptorOf(bytes, mediaTypes.imageIndex),
    entries,
    changes,
    changed: true,
  };
};

const added = (...descriptors: readonly Descriptor[]): EntryChange[] =>
  descriptors.map((descriptor) => ({ outcome: 'added', descriptor }));

const image = { registry: 'ghcr.io', repository: 'acme/app' };
const rest = { images: [], identity: defaultIdentity, dryRun: false };

test('a release is told with its tags, its entries, their legs and their attestations', () => {
  const updated = updatedWith([
    { outcome: 'kept', descriptor: disk },
    ...added(amd64),
    { outcome: 'replaced', descriptor: arm64, previous: oldArm64 },
    ...added(provenance),
    { outcome: 'removed', descriptor: imageFor('linux/s390x') },
  ]);
  const tags = [{ tag: '1.0', moved: true, previous: oldArm64.digest }];

  const published = publishedIndex({
    ...rest,
    updated,
    images: [{ image, tags }],
    records: recordsOf(pushedBy('one', amd64, provenance), pushedBy('two', arm64)),
  });

  expect(publishedSchema.safeParse(published)).toMatchObject({ success: true });
  expect(published).toMatchObject({
    ...{ schema: 'oci-matrix/published/v1', digest: updated.descriptor.digest, dryRun: false },
    images: [{ image: 'ghcr.io/acme/app', tags }],
  });
  expect(published.manifests).toMatchObject([
    { name: 'application/vnd.disk', artifactType: 'application/vnd.disk', outcome: 'kept' },
    {
      ...{ name: 'linux/amd64', platform: 'linux/amd64', leg: 'one', outcome: 'added' },
      attestations: [{ digest: provenance.digest, outcome: 'added' }],
    },
    { platform: 'linux/arm64', leg: 'two', outcome: 'replaced', previous: oldArm64.digest },
  ]);
  expect(published.manifests[0]).not.toHaveProperty('leg');
  expect(published.removed).toMatchObject([{ platform: 'linux/s390x' }]);
});

test('F21: what no clean-up may delete is the index and every entry, attestations and intents included, once', () => {
  const updated = updatedWith([
    ...added(amd64, arm64, provenance, { ...amd64, annotations: { copy: 'yes' } }),
    { outcome: 'kept', descriptor: disk },
    { outcome: 'removed', descriptor: oldArm64 },
  ]);

  const intents = [oldArm64.digest, disk.digest];
  const published = publishedIndex({ ...rest, updated: { ...updated, intents } });

  expect(published.protected).toEqual([
    ...[updated.descriptor, amd64, arm64, provenance, disk, oldArm64].map(({ digest }) => digest),
  ]);
});

test('a registry that failed says why', () => {
  const failure = 'PUT https://quay.io/v2/acme/app/manifests/1.0: HTTP_500';

  const { images } = publishedIndex({
    ...{ ...rest, updated: updatedWith(added(amd64)) },
    images: [{ image, tags: [], failure }],
  });

  expect(images).toEqual([{ image: 'ghcr.io/acme/app', tags: [], failure }]);
});

test('legs that pushed one manifest are told apart by what their entries say', () => {
  const identity = ['annotations.app'];
  const entry = (app: string): Descriptor => entryFor('same', { annotations: { app } });

  const { manifests } = publishedIndex({
    ...{ ...rest, identity, updated: updatedWith(added(entry('b'), entry('a'))) },
    records: recordsOf(pushedBy('leg of a', entry('a')), pushedBy('leg of b', entry('b'))),
  });

  expect(manifests.map(({ name, leg }) => [name, leg])).toEqual([
    ['b', 'leg of b'],
    ['a', 'leg of a'],
  ]);
});

test('an attestation whose subject is not there stands for itself', () => {
  const { manifests } = publishedIndex({ ...rest, updated: updatedWith(added(arm64, provenance)) });

  expect(manifests.map(({ name, attestations }) => [name, attestations])).toEqual([
    ['linux/arm64', []],
    [`attestation of ${amd64.digest}`, []],
  ]);
});

test('every entry is told exactly once, whatever the index holds', () => {
  const images = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(images, images, (subjects, attested) => {
      const imageOf = (at: number): Descriptor => imageFor('linux/amd64', `image ${at}`);
      const entries = [
        ...subjects.map(imageOf),
        ...attested.map((at) => attestationFor(imageOf(at))),
      ];

      const { manifests } = publishedIndex({ ...rest, updated: updatedWith(added(...entries)) });

      const told = manifests.flatMap((manifest) => [manifest, ...manifest.attestations]);
      expect(told.map(({ digest }) => digest).sort()).toEqual(
        entries.map(({ digest }) => digest).sort(),
      );
    }),
    { numRuns: 30 },
  );
});
