import { canonicalText, type Descriptor } from '@oci-matrix/oci';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { attestationSubject } from './attestation.ts';
import { defaultIdentity, identityKey } from './identity.ts';
import type { IndexEntry } from './index-document.ts';
import { mergeEntries } from './merge-index.ts';
import { attestationFor, entryFor, imageFor } from './test-kit/records.ts';

const platforms = ['linux/amd64', 'linux/arm64', 'linux/arm/v7', 'windows/amd64'];

const image = fc
  .tuple(fc.constantFrom(...platforms), fc.constantFrom('1', '2', '3'))
  .map(([platform, text]) => imageFor(platform, platform + text));
const artifact = fc
  .tuple(fc.constantFrom('a', 'b'), fc.constantFrom('1', '2'))
  .map(([type, text]) => entryFor(type + text, { artifactType: `application/vnd.${type}` }));
const subject = fc.oneof(image, artifact);

/** What legs bring: one entry for each identity, each with its attestations. */
const incoming = fc
  .uniqueArray(fc.tuple(subject, fc.subarray(['provenance', 'sbom'])), {
    selector: ([entry]) => identityKey(entry, defaultIdentity),
  })
  .map((legs) =>
    legs.flatMap(([entry, texts]) => [entry, ...texts.map((text) => attestationFor(entry, text))]),
  );

/** What any tool may have left: duplicates, attestations of what is not there, white space. */
const current = fc
  .array(fc.oneof(subject, fc.tuple(subject, fc.constantFrom('provenance', 'x'))))
  .map((items) =>
    items.map((item): IndexEntry => {
      const descriptor = Array.isArray(item) ? attestationFor(item[0], item[1]) : item;
      return { descriptor, source: canonicalText(descriptor).replaceAll(':', ': ') };
    }),
  );

const merge = (entries: readonly IndexEntry[], next: readonly Descriptor[]) =>
  mergeEntries(entries, next, defaultIdentity);
const count = (entries: readonly IndexEntry[], wanted: Descriptor): number =>
  entries.filter(({ descriptor }) => canonicalText(descriptor) === canonicalText(wanted)).length;

test('merging again changes nothing', () => {
  fc.assert(
    fc.property(current, incoming, (before, next) => {
      const { entries } = merge(before, next);

      const again = merge(entries, next);

      expect(again.entries).toEqual(entries);
      expect(again.changes.every(({ outcome }) => outcome === 'kept')).toBe(true);
    }),
  );
});

test('the order in which legs come does not matter', () => {
  const shuffled = incoming.chain((next) =>
    fc.tuple(fc.constant(next), fc.shuffledSubarray(next, { minLength: next.length })),
  );
  fc.assert(
    fc.property(current, shuffled, (before, [next, other]) => {
      expect(merge(before, other)).toEqual(merge(before, next));
    }),
  );
});

test('every entry that comes is there exactly once', () => {
  fc.assert(
    fc.property(current, incoming, (before, next) => {
      const { entries } = merge(before, next);

      for (const wanted of next) expect(count(entries, wanted)).toBe(1);
    }),
  );
});

test('foreign entries keep their bytes and their order, and nothing else is lost or made up', () => {
  fc.assert(
    fc.property(current, incoming, (before, next) => {
      const keys = new Set(next.map((entry) => identityKey(entry, defaultIdentity)));
      const named = new Set(next.map(({ digest }) => digest));
      const isForeign = ({ descriptor }: IndexEntry): boolean =>
        attestationSubject(descriptor) === undefined &&
        !keys.has(identityKey(descriptor, defaultIdentity));

      const { entries } = merge(before, next);

      expect(entries.filter(isForeign)).toEqual(before.filter(isForeign));
      const subjects = new Set(before.filter(isForeign).map(({ descriptor }) => descriptor.digest));
      const stays = ({ descriptor }: IndexEntry): boolean =>
        subjects.has(attestationSubject(descriptor) ?? 'sha256:') && !named.has(descriptor.digest);
      expect(entries.filter(stays)).toEqual(before.filter(stays));
      const known = new Set([...before, ...entries].map(({ descriptor }) => descriptor.digest));
      const possible = [...before.map(({ descriptor }) => descriptor), ...next];
      expect(known).toEqual(new Set(possible.map(({ digest }) => digest)));
    }),
  );
});

test('no attestation is left of what gave way', () => {
  fc.assert(
    fc.property(current, incoming, (before, next) => {
      const { entries, changes } = merge(before, next);

      const there = new Set<string>(entries.map(({ descriptor }) => descriptor.digest));
      const left = changes.flatMap(({ outcome, descriptor, previous }) =>
        outcome === 'removed' ? [descriptor] : previous ? [previous] : [],
      );
      const gone = new Set<string>(
        left.map(({ digest }) => digest).filter((digest) => !there.has(digest)),
      );
      const orphans = entries.filter(({ descriptor }) =>
        gone.has(attestationSubject(descriptor) ?? ''),
      );
      expect(orphans).toEqual([]);
    }),
  );
});
