import { expect, test } from 'vitest';
import {
  collectInputs,
  indexInputs,
  indexOutputs,
  onMissingInput,
  refuseUnfitMode,
  refuseUnfitPartial,
} from './fan-in-inputs.ts';

const count = (lines: readonly string[]): number => lines.length;
const inputs = indexInputs({
  parseIdentity: count,
  parseSelectors: count,
  parseAnnotationLines: count,
});

test('an index needs tags, and is merged unless somebody says otherwise', () => {
  expect(inputs.tags.read('1.0\nlatest', 'tags')).toEqual(['1.0', 'latest']);
  expect(() => inputs.tags.read('', 'tags')).toThrow('input "tags": is required');
  expect(inputs.mode.read('', 'mode')).toBe('merge');
  expect(() => inputs.mode.read('Merge', 'mode')).toThrow('"Merge" is no choice');
});

test('lists that nobody gives are parsed as empty ones', () => {
  expect(inputs.identity.read('', 'identity')).toBe(0);
  expect(inputs.remove.read('linux/arm64\n', 'remove')).toBe(1);
  expect(inputs.annotations.read('a=1,2\n# b=3', 'annotations')).toBe(2);
});

test('where records come from is for the parsers of others, and may be left out', () => {
  const { group, needs, expect: expected } = collectInputs(JSON.parse, Number, count);

  expect(group.read('', 'group')).toBeUndefined();
  expect(needs.read('{"push":{}}', 'needs')).toEqual({ push: {} });
  expect(needs.read('', 'needs')).toBeUndefined();
  expect(expected.read(' 28 ', 'expect')).toBe(28);
});

test.each([
  ['merge', 0],
  ['replace', 0],
  ['remove', 1],
] as const)('mode %s fits %i things to remove', (mode, length) => {
  expect(() => refuseUnfitMode({ mode, remove: Array(length) })).not.toThrow();
});

test.each([
  ['merge', 1, 'does nothing in mode merge'],
  ['replace', 2, 'does nothing in mode replace'],
  ['remove', 0, 'names nothing to take out'],
] as const)('mode %s does not fit %i things to remove', (mode, length, reason) => {
  const work = (): void => refuseUnfitMode({ mode, remove: Array(length) });

  expect(work).toThrow(`input "remove": ${reason}`);
});

test('every output of an index says what it is', () => {
  for (const text of Object.values(indexOutputs)) expect(text).toMatch(/^[A-Z`].*\.$/);
});

test('what a missing leg does is one of three things, and fails unless somebody says otherwise', () => {
  const missing = onMissingInput('half of it.');

  expect(missing.read('', 'on-missing')).toBe('fail');
  expect(missing.read('keep-previous', 'on-missing')).toBe('keep-previous');
  expect(() => missing.read('ignore', 'on-missing')).toThrow('"ignore" is no choice');
});

test.each([
  ['fail', [], undefined],
  ['partial', ['next'], undefined],
  ['partial', [], 'are needed by on-missing: partial'],
  ['keep-previous', ['next'], 'do nothing with on-missing: keep-previous'],
  ['partial', ['next', 'v1'], 'have v1, which is one of "tags"'],
  ['partial', ['ghcr.io/acme/app:v1'], 'have v1, which is one of "tags"'],
] as const)('with on-missing %s, partial tags %j are %s', (onMissing, partialTags, reason) => {
  const work = (): void =>
    refuseUnfitPartial({ onMissing, tags: ['ghcr.io:5000/acme/app:v1', 'v2'], partialTags });

  if (reason === undefined) expect(work).not.toThrow();
  else expect(work).toThrow(`input "partial-tags": ${reason}`);
});
