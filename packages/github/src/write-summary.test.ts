import { expect, test } from 'vitest';
import { fitSummary } from './write-summary.ts';

const rows = (count: number): string =>
  Array.from({ length: count }, (_, row) => `| row ${row} | ${'ä'.repeat(40)} |\n`).join('');

test('a summary that fits is left alone', () => {
  expect(fitSummary('# Done\n', 7)).toBe('# Done\n');
});

test('a summary that is too large ends behind a whole row, and says so', () => {
  const cut = fitSummary(rows(1000), 10_000);

  const [kept = '', note] = cut.split('\n\n');
  expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(10_000);
  expect(Buffer.byteLength(cut)).toBeGreaterThan(9_000);
  expect(rows(1000)).toContain(`${kept}\n`);
  expect(note).toMatch(/^_There is more than a summary can hold: \d+ bytes are cut here\._\n$/);
});

test('the note is not inside of what the cut left open', () => {
  const cut = fitSummary(`<details><summary>All</summary>\n\n\`\`\`\n${rows(1000)}`, 10_000);

  expect(cut).toMatch(/\n```\n\n<\/details>\n\n_There is more/);
});

test('where earlier steps left no room there is only the note', () => {
  expect(fitSummary(rows(10), 100)).toMatch(/^\n_There is more/);
});
