/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
}

/** A Markdown table that is as easy to read on a terminal: its columns are as wide as what is in them. */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): string {
  const widths = columns.map(({ title }, at) =>
    Math.max(3, title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (texts: readonly string[]): string[] =>
    columns.map(({ align }, at) => {
      const [text, width] = [texts[at] ?? '', widths[at] ?? 0];
      return align === 'left' ? text.padEnd(width) : text.padStart(width);
    });
  const rule = columns.map(({ align }, at) => {
    const dashes = '-'.repeat((widths[at] ?? 0) - 1);
    return align === 'left' ? `${dashes}-` : `${dashes}:`;
  });
  const header = padded(columns.map(({ title }) => title));
  return [line(header), line(rule), ...rows.map((row) => line(padded(row)))].join('\n');
}
