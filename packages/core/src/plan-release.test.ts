import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aggregate } from './aggregate.ts';
import { parseExpect } from './expect.ts';
import { planRelease, type ReleaseOptions } from './plan-release.ts';
import { recordText } from './record.ts';
import { matrixOf, recordOf } from './test-kit/records.ts';

const onMissing = ['fail', 'keep-previous', 'partial'] as const;
const names = ['a', 'b', 'c'];
const expected = parseExpect(names.join('\n'));

/** The document of the legs at these places, of the three that there must be. */
const found = (places: readonly number[], policy: ReleaseOptions['onMissing']) =>
  aggregate({
    carried: matrixOf(...names)
      .filter((_, at) => places.includes(at))
      .map((record) => ({ artifact: record.leg, text: recordText(record) })),
    group: 'app',
    expected,
    onMissing: policy,
  });

const plan = (
  places: readonly number[],
  policy: ReleaseOptions['onMissing'],
  failed: readonly string[] = [],
) => {
  const needs = { records: [], failed: failed.map((job) => ({ job, result: 'failure' })) };
  const records = found(places, policy);
  return planRelease({ records, needs, onMissing: policy, tags: ['v1'], partialTags: ['v1-next'] });
};

const codeOf = (work: () => unknown): unknown => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

test('tags move when every leg is there, or when the missing ones keep their entries', () => {
  expect(plan([0, 1, 2], 'fail').tags).toEqual(['v1']);
  expect(plan([0, 1, 2], 'keep-previous')).toMatchObject({
    tags: ['v1'],
    records: { keepPrevious: [] },
  });
  expect(plan([0, 2], 'keep-previous')).toMatchObject({
    tags: ['v1'],
    records: { complete: false, keepPrevious: ['b'] },
  });
});

test('no incomplete release but one that keeps entries can move a tag, whatever is missing', () => {
  const places = fc.subarray([0, 1, 2], { maxLength: 2 });

  fc.assert(
    fc.property(places, fc.constantFrom('fail', 'partial'), (there, policy) => {
      const moved = policy === 'partial' && there.length > 0;
      if (moved) expect(plan(there, policy).tags).toEqual(['v1-next']);
      else expect(codeOf(() => plan(there, policy))).toBe('LEG_MISSING');
    }),
    { numRuns: 30 },
  );
});

test('a complete release takes the partial tags with it', () => {
  expect(plan([0, 1, 2], 'partial').tags).toEqual(['v1', 'v1-next']);
});

test.each(onMissing)('with %s nothing is published where no leg is there', (policy) => {
  expect(codeOf(() => plan([], policy))).toBe('LEG_MISSING');
});

test.each(['keep-previous', 'partial'] as const)(
  'with %s a job that failed is excused by its own missing legs alone',
  (policy) => {
    expect(codeOf(() => plan([0, 1], policy, ['push']))).toBeUndefined();
    expect(codeOf(() => plan([0, 1, 2], policy, ['push']))).toBe('LEG_FAILED');
    expect(codeOf(() => plan([0, 1], policy, ['push', 'test']))).toBe('LEG_FAILED');
  },
);

test('a job without a matrix is excused where it is the missing leg', () => {
  const records = aggregate({
    carried: [{ artifact: 'a', text: recordText(recordOf({ leg: 'amd64', job: 'amd64' })) }],
    expected: parseExpect('amd64\narm64'),
    onMissing: 'keep-previous',
  });
  const needs = { records: [], failed: [{ job: 'arm64', result: 'failure' }] };
  const tags = { tags: ['v1'], partialTags: [] };

  expect(planRelease({ records, needs, onMissing: 'keep-previous', ...tags }).tags).toEqual(['v1']);
});

test('legs that are missing by number alone cannot keep what they had', () => {
  const carried = [
    { artifact: 'a', text: recordText(recordOf({ leg: 'own name', total: 2, matrix: { x: 1 } })) },
  ];
  const records = aggregate({ carried, onMissing: 'keep-previous' });
  const options = { records, onMissing: 'keep-previous', tags: ['v1'], partialTags: [] } as const;

  expect(() => planRelease(options)).toThrow(
    expect.objectContaining({ code: 'LEG_MISSING', hint: expect.stringContaining('"expect"') }),
  );
});
