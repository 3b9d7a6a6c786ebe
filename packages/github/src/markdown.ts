/** Markdown that is ours. Plain text becomes markup by `text` or `code`, which leave nothing in it that means something. */
export interface Markup {
  readonly markup: string;
}

/** Plain text is escaped wherever markup goes. */
export type Content = string | Markup;

/** Text as it is: on one line, and no character of it has a meaning in Markdown or HTML. */
export const text = (plain: string): Markup => ({
  markup: plain.replace(/\s+/g, ' ').replace(/[&<>|*_`~[\]\\#"']/g, entity),
});

/** The same, in the type of code. */
export const code = (plain: string): Markup => ({ markup: `<code>${text(plain).markup}</code>` });

/** A link, if the address is one of the web; else its title alone. */
export function link(title: string, url: string): Markup {
  if (!/^https?:\/\//.test(url)) return text(title);
  return { markup: `<a href="${url.replace(/[&<>"'|\s]/g, entity)}">${text(title).markup}</a>` };
}

export const heading = (title: Content): Markup => ({ markup: `### ${markupOf(title)}` });

/** Parts one after the other, in a line. */
export const line = (...parts: readonly Content[]): Markup => ({
  markup: parts.map(markupOf).join(''),
});

/** Parts one below the other, in a cell of a table. */
export const lines = (parts: readonly Content[]): Markup => ({
  markup: parts.map(markupOf).join('<br>'),
});

export const list = (items: readonly Content[]): Markup => ({
  markup: items.map((item) => `- ${markupOf(item)}`).join('\n'),
});

/** A table; every row on a line of its own. */
export function table(header: readonly Content[], rows: readonly (readonly Content[])[]): Markup {
  const row = (cells: readonly Content[]): string => `| ${cells.map(markupOf).join(' | ')} |`;
  const rule = `| ${header.map(() => '---').join(' | ')} |`;
  return { markup: [row(header), rule, ...rows.map(row)].join('\n') };
}

/** Folded away until somebody clicks on the title. */
export const details = (title: Content, ...blocks: readonly Content[]): Markup => ({
  markup: `<details><summary>${markupOf(title)}</summary>\n\n${renderMarkdown(...blocks)}\n</details>`,
});

/** The blocks as a document. */
export const renderMarkdown = (...blocks: readonly Content[]): string =>
  `${blocks.map(markupOf).join('\n\n')}\n`;

const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `1.2 GiB`; the exact number below 1 KiB. */
export function formatSize(bytes: number): string {
  // 1023.95 and more would be written as 1024.0.
  const fits = (power: number): boolean => Math.abs(bytes) / 1024 ** power < 1023.95;
  const found = units.findIndex((_, power) => fits(power));
  const power = found === -1 ? units.length - 1 : found;
  return `${power === 0 ? bytes : (bytes / 1024 ** power).toFixed(1)} ${units[power]}`;
}

const markupOf = (content: Content): string =>
  typeof content === 'string' ? text(content).markup : content.markup;

const entity = (character: string): string => `&#${character.charCodeAt(0)};`;
