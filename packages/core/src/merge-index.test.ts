import { canonicalText, type Descriptor } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { defaultIdentity } from './identity.ts';
import type { IndexEntry } from './index-document.ts';
import { mergeEntries, replaceEntries } from './merge-index.ts';
import { attestationFor, entryFor, imageFor } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const arm64 = imageFor('linux/arm64');
const newArm64 = imageFor('linux/arm64', 'newer');
const disk = entryFor('disk', { artifactType: 'application/vnd.example.disk' });

/** An entry with the white space that another tool left. */
const foreign = (descriptor: Descriptor): IndexEntry => ({
  descriptor,
  source: canonicalText(descriptor).replaceAll(',', ' ,\n'),
});

const merge = (current: readonly IndexEntry[], incoming: readonly Descriptor[]) =>
  mergeEntries(current, incoming, defaultIdentity);
const digestsOf = (entries: readonly IndexEntry[]): string[] =>
  entries.map(({ descriptor }) => descriptor.digest);
const outcomesOf = ({ changes }: { readonly changes: readonly { readonly outcome: string }[] }) =>
  changes.map(({ outcome }) => outcome);

test('what has the same identity is replaced in place, what is new stands behind', () => {
  const merged = merge([foreign(arm64), foreign(amd64)], [newArm64, disk]);

  expect(digestsOf(merged.entries)).toEqual([newArm64.digest, amd64.digest, disk.digest]);
  expect(merged.changes).toEqual([
    { outcome: 'replaced', descriptor: newArm64, previous: arm64 },
    { outcome: 'kept', descriptor: amd64 },
    { outcome: 'added', descriptor: disk },
  ]);
});

test('what says the same already keeps its bytes, whoever wrote it', () => {
  const current = [foreign(amd64), foreign(arm64)];

  const merged = merge(current, [arm64, amd64]);

  expect(merged.entries).toEqual(current);
  expect(outcomesOf(merged)).toEqual(['kept', 'kept']);
});

test('arm64/v8 is arm64, and is replaced by it', () => {
  const old = entryFor('old', { platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } });

  const merged = merge([foreign(old)], [arm64]);

  expect(digestsOf(merged.entries)).toEqual([arm64.digest]);
});

test('stale duplicates of an entry leave, and their attestations with them', () => {
  const stale = imageFor('linux/arm64', 'stale');
  const current = [stale, arm64, attestationFor(stale), attestationFor(arm64), amd64].map(foreign);

  const merged = merge(current, [arm64, attestationFor(arm64)]);

  expect(digestsOf(merged.entries)).toEqual(
    [arm64, attestationFor(arm64), amd64].map(({ digest }) => digest),
  );
  expect(outcomesOf(merged)).toEqual(['replaced', 'removed', 'removed', 'kept', 'kept']);
});

test('the attestations of a new image take the places of the old ones, and the old leave', () => {
  const current = [amd64, arm64, attestationFor(amd64), attestationFor(arm64)].map(foreign);

  const merged = merge(current, [newArm64, attestationFor(newArm64)]);

  expect(digestsOf(merged.entries)).toEqual(
    [amd64, newArm64, attestationFor(amd64), attestationFor(newArm64)].map(({ digest }) => digest),
  );
});

test('an image that comes without attestations takes those of the old one away', () => {
  const current = [arm64, attestationFor(arm64), attestationFor(arm64, 'sbom')].map(foreign);

  const merged = merge(current, [newArm64]);

  expect(digestsOf(merged.entries)).toEqual([newArm64.digest]);
});

test('an image that stays keeps the attestations that nobody pushed again', () => {
  const current = [arm64, attestationFor(arm64)].map(foreign);

  expect(merge(current, [arm64]).entries).toEqual(current);
});

test('attestations stay while any entry still names their subject', () => {
  const byName = ['platform', 'annotations.name'];
  const [first, second] = ['a', 'b'].map((name) => ({ ...arm64, annotations: { name } }));
  const next = { ...newArm64, annotations: { name: 'a' } };
  const current = [first, second, attestationFor(arm64)].flatMap((entry) =>
    entry === undefined ? [] : [foreign(entry)],
  );

  const { entries } = mergeEntries(current, [next], byName);

  expect(digestsOf(entries)).toEqual([newArm64.digest, arm64.digest, attestationFor(arm64).digest]);
});

test('foreign duplicates are not ours to tidy', () => {
  const current = [foreign(amd64), foreign(amd64)];

  expect(merge(current, [arm64]).entries.slice(0, 2)).toEqual(current);
});

test('replacing leaves exactly what was named, images before artifacts before attestations', () => {
  const other = entryFor('other', { artifactType: 'application/vnd.example.other' });
  const current = [disk, arm64, attestationFor(arm64), other].map(foreign);
  const incoming = [attestationFor(amd64), disk, newArm64, amd64];

  const { entries, changes } = replaceEntries(current, incoming, defaultIdentity);

  const expected = [amd64, newArm64, disk, attestationFor(amd64)];
  expect(digestsOf(entries)).toEqual(expected.map(({ digest }) => digest));
  expect(entries[2]).toEqual(current[0]);
  expect(changes.filter(({ outcome }) => outcome === 'removed')).toEqual([
    { outcome: 'removed', descriptor: attestationFor(arm64) },
    { outcome: 'removed', descriptor: other },
  ]);
});

test('replacing an index by itself in another order changes nothing the second time', () => {
  const incoming = [disk, newArm64, amd64, attestationFor(amd64)];
  const first = replaceEntries([], incoming, defaultIdentity).entries;

  const second = replaceEntries(first, incoming.toReversed(), defaultIdentity);

  expect(second.entries).toEqual(first);
  expect(new Set(outcomesOf(second))).toEqual(new Set(['kept']));
});
