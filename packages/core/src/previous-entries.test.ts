import { expect, test } from 'vitest';
import { entryOf } from './index-document.ts';
import { markEntries } from './leg-annotations.ts';
import { previousEntries } from './previous-entries.ts';
import { attestationFor, imageFor, pushedBy, recordsOf } from './test-kit/records.ts';

const [amd64, arm64] = [imageFor('linux/amd64'), imageFor('linux/arm64')];
const identity = ['platform', 'artifactType'];

/** The entries that a leg has in an index once they were marked. */
const marked = (leg: string, ...entries: Parameters<typeof pushedBy>[1][]) => {
  const { descriptor, children } = markEntries(pushedBy(leg, ...entries));
  return children ?? (descriptor ? [descriptor] : []);
};

const keep = (
  current: readonly Parameters<typeof entryOf>[0][],
  legs: readonly string[] | undefined,
  incoming: readonly Parameters<typeof entryOf>[0][] = [],
) => {
  const records = { ...recordsOf(), ...(legs === undefined ? {} : { keepPrevious: legs }) };
  return previousEntries(current.map(entryOf), records, incoming, identity);
};

test('the entry of a missing leg stays, and those of the others are none of its business', () => {
  const current = [...marked('a', amd64), ...marked('b', arm64)];

  expect(keep(current, ['b'])).toEqual(marked('b', arm64));
  expect(keep(current, [])).toEqual([]);
  expect(keep(current, undefined)).toEqual([]);
});

test('attestations stay with the entry that they speak of', () => {
  const [ours, theirs] = [attestationFor(arm64), attestationFor(amd64)];
  const current = [...marked('a', amd64, theirs), ...marked('b', arm64, ours)];

  expect(keep(current, ['b'])).toEqual(marked('b', arm64, ours));
  expect(keep(current, ['b'])).toContainEqual(ours);
});

test('a leg that gave several entries keeps all of them', () => {
  const current = marked('a', amd64, arm64);

  expect(keep(current, ['a'])).toEqual(current);
});

test('an entry of a leg of that name in another group is not taken for it', () => {
  const { descriptor } = markEntries({ ...pushedBy('a', amd64), group: 'other' });

  expect(() => keep(descriptor ? [descriptor] : [], ['a'])).toThrow(
    expect.objectContaining({
      code: 'LEG_MISSING',
      message: expect.stringContaining('leg a of group app is missing'),
    }),
  );
});

test('an entry whose place another leg takes now cannot stay', () => {
  const [taken] = marked('renamed', imageFor('linux/amd64', 'newer'));

  expect(() => keep(marked('a', amd64), ['a'], taken ? [taken] : [])).toThrow(
    expect.objectContaining({
      code: 'ENTRY_DUPLICATE',
      message: expect.stringMatching(/^the entry that leg a had before, linux\/amd64/),
    }),
  );
});

test('an entry of the leg itself, that another writer brings, is not kept but replaced', () => {
  const [newer] = marked('a', imageFor('linux/amd64', 'newer'));

  expect(keep(marked('a', amd64), ['a'], newer ? [newer] : [])).toEqual([]);
});
