/** Text of a stranger, fit for a terminal: no control or format characters, at most `limit` characters. */
export const printable = (text: string, limit = 1000): string =>
  text
    .slice(0, limit * 4)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, limit);
