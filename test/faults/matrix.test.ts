import { distributionErrorCodes } from '@oci-matrix/distribution';
import { expect, test } from 'vitest';
import { faults, kinds } from './matrix.ts';
import { readMatrix } from './read-matrix.ts';

const { rows, reasons } = readMatrix();
const cells = [...rows].flatMap(([fault, row]) =>
  [...row].map(([kind, outcome]) => ({ cell: `${fault}, ${kind}`, outcome })),
);

test('every fault and every kind of request meet in the matrix', () => {
  const names = Object.keys(kinds).sort();

  expect([...rows.keys()]).toEqual(Object.keys(faults));
  for (const [fault, row] of rows)
    expect([fault, ...[...row.keys()].sort()]).toEqual([fault, ...names]);
});

test('every cell says how many requests it takes, or fails with one of our codes, or why there is nothing to say', () => {
  const codes = ['INVALID_MANIFEST', ...distributionErrorCodes, 'HTTP_\\d{3}'].join('|');
  const outcome = new RegExp(`^(?:(?:(?:absent|${codes}) )?[1-9]\\d?|– [a-z])$`);

  expect(cells.filter((cell) => !outcome.test(cell.outcome))).toEqual([]);
});

test('every reason for an empty cell is given, and is one of a cell', () => {
  const used = cells.flatMap((cell) => /^– (.)$/.exec(cell.outcome)?.[1] ?? []);

  expect([...new Set(used)].sort()).toEqual([...reasons.keys()].sort());
});

test('only a 404 means absent', () => {
  const absent = cells.filter((cell) => cell.outcome.startsWith('absent'));

  expect(absent.length).toBeGreaterThan(0);
  for (const { cell } of absent) expect(cell).toMatch(/^404 /);
});
