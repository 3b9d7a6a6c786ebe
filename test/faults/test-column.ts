import { expect, test } from 'vitest';
import { faults, type KindName, kinds } from './matrix.ts';
import { readMatrix } from './read-matrix.ts';
import { runCell } from './run-cell.ts';

/** In milliseconds: whatever happens, nothing may hang. */
const limit = 20_000;

/** Tests what the matrix says of one kind of request. */
export function testColumn(name: KindName): void {
  const { rows } = readMatrix();
  const cells = [...rows].map(([fault, row]) => [fault, row.get(name) ?? ''] as const);
  const applicable = cells.filter(([, outcome]) => !outcome.startsWith('–'));

  test.concurrent.each(applicable)(
    `${name}, %s: %s`,
    { timeout: limit },
    async (fault, outcome) => {
      expect(await runCell(kinds[name], faults[fault] ?? {})).toBe(outcome);
    },
  );
}
