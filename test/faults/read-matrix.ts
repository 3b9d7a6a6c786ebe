import { readFileSync } from 'node:fs';

/** What the matrix says: an outcome for every fault and kind of request, and why some have none. */
export interface Matrix {
  /** By fault, then by kind. */
  readonly rows: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** By the letter that stands for them. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** Reads the tables of `README.md` beside this file. */
export function readMatrix(): Matrix {
  const lines = readFileSync(new URL('README.md', import.meta.url), 'utf8').split('\n');
  const rows = new Map<string, Map<string, string>>();
  const reasons = new Map<string, string>();
  let kinds: readonly string[] = [];
  for (const line of lines) {
    const [, letter = '', why = ''] = /^- \*\*([a-z])\*\*: (.+)$/.exec(line) ?? [];
    if (letter !== '') reasons.set(letter, why);
    const [first, ...cells] = cellsOf(line);
    if (first === undefined || /^-+$/.test(first)) continue;
    if (first === '') kinds = cells;
    else rows.set(first, join(rows.get(first), kinds, cells));
  }
  return { rows, reasons };
}

const cellsOf = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim())
    : [];

// A fault has a row in each of the tables that share the kinds among them.
const join = (
  row: ReadonlyMap<string, string> = new Map(),
  kinds: readonly string[],
  cells: readonly string[],
): Map<string, string> =>
  new Map([...row, ...kinds.map((kind, at): [string, string] => [kind, cells[at] ?? ''])]);
