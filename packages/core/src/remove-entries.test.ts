import { canonicalText } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { parseSelectors, removeEntries } from './remove-entries.ts';
import { attestationFor, entryFor, imageFor } from './test-kit/records.ts';

const amd64 = imageFor('linux/amd64');
const arm64 = imageFor('linux/arm64');
const disk = entryFor('disk', { annotations: { cname: 'aws=1', kind: 'disk' } });
const all = [amd64, attestationFor(amd64), arm64, attestationFor(arm64), disk];
const current = all.map((descriptor) => ({ descriptor, source: canonicalText(descriptor) }));

const left = (...lines: readonly string[]): unknown =>
  removeEntries(current, parseSelectors(lines)).entries.map(({ descriptor }) => descriptor);

test.each([
  ['a platform, and its attestations', ['linux/arm64'], [amd64, attestationFor(amd64), disk]],
  ['a platform by its other name', ['linux/aarch64'], [amd64, attestationFor(amd64), disk]],
  ['a digest', [amd64.digest], [arm64, attestationFor(arm64), disk]],
  ['an annotation, with "=" in its value', ['annotations.cname=aws=1'], all.slice(0, 4)],
  ['all attestations', ['unknown/unknown'], [amd64, arm64, disk]],
  ['several', ['linux/arm64', amd64.digest], [disk]],
  ['what is not there', ['linux/s390x', 'annotations.cname=x'], all],
])('%s can be removed', (_, lines, expected) => {
  expect(left(...lines)).toEqual(expected);
});

test('what was removed and what was kept is told', () => {
  const { changes } = removeEntries(current, parseSelectors(['linux/arm64']));

  expect(changes.map(({ outcome }) => outcome)).toEqual([
    'kept',
    'kept',
    'removed',
    'removed',
    'kept',
  ]);
});

test('removing everything is refused', () => {
  const lines = ['linux/amd64', 'linux/arm64', 'annotations.kind=disk'];

  expect(() => left(...lines)).toThrow(
    expect.objectContaining({
      code: 'INPUT_INVALID',
      message: 'remove names all 5 entries of the index',
    }),
  );
});

test('attestations stay while another entry names their subject', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ ...amd64, annotations: { name } }));
  const entries = [a, b, attestationFor(amd64)].flatMap((descriptor) =>
    descriptor ? [{ descriptor, source: canonicalText(descriptor) }] : [],
  );

  const after = removeEntries(entries, parseSelectors(['annotations.name=a'])).entries;

  expect(after).toEqual(entries.slice(1));
});

test('what names nothing at all is an error', () => {
  expect(() => parseSelectors(['latest'])).toThrow(
    expect.objectContaining({ code: 'INVALID_PLATFORM' }),
  );
});
