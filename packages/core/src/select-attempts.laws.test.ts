import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LegRecord } from './record.ts';
import { selectAttempts } from './select-attempts.ts';
import { recordOf } from './test-kit/records.ts';

/** The records of a run whose failed legs ran again, some of them by artifact and by output. */
const run = fc
  .array(fc.subarray([1, 2, 3, 11], { minLength: 1 }), { minLength: 1, maxLength: 5 })
  .map((legs) =>
    legs.flatMap((attempts, index) =>
      attempts.map((attempt) =>
        recordOf({
          leg: `leg-${index}`,
          index,
          total: legs.length,
          matrix: { value: index },
          outputs: { attempt: String(attempt) },
          attempt,
        }),
      ),
    ),
  )
  .chain((records) => fc.tuple(fc.constant(records), fc.subarray(records)))
  .map(([records, twice]) => [
    ...records.map((record) => ({ ...record, image: 'registry.example/app' })),
    ...twice,
  ]);

const shuffled = run.chain((records) =>
  fc.tuple(fc.constant(records), fc.shuffledSubarray(records, { minLength: records.length })),
);

test('each leg is there once, with the newest of its attempts', () => {
  fc.assert(
    fc.property(run, (records) => {
      const selected = selectAttempts(records);

      const newest = Map.groupBy(records, ({ leg }) => leg);
      expect(selected.map(({ leg }) => leg)).toEqual([...newest.keys()].sort());
      for (const { leg, run: of, image } of selected) {
        const attempts = newest.get(leg)?.map((record: LegRecord) => record.run.attempt) ?? [];
        expect(of.attempt).toBe(Math.max(...attempts));
        expect(image).toBe('registry.example/app');
      }
    }),
  );
});

test('the order of arrival does not matter', () => {
  fc.assert(
    fc.property(shuffled, ([records, other]) => {
      expect(selectAttempts(other)).toEqual(selectAttempts(records));
    }),
  );
});

test('what was selected is selected again', () => {
  fc.assert(
    fc.property(run, (records) => {
      const selected = selectAttempts(records);

      expect(selectAttempts(selected)).toEqual(selected);
      expect(selectAttempts([...selected, ...records])).toEqual(selected);
    }),
  );
});
