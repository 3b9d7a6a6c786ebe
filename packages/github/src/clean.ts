// Not by `import`, which evaluates every export of the module, and some of them take their time.
const { stripVTControlCharacters } = process.getBuiltinModule('node:util');

/** Text from anywhere, safe to print: no terminal sequences, no control characters but newline and tab, no text-direction tricks. */
export const clean = (text: string): string =>
  stripVTControlCharacters(text)
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]|[\u202a-\u202e\u2066-\u2069]/gu, '');

/** The same, with nothing left that the runner takes for a command of ours. */
export const cleanLine = (text: string): string =>
  clean(text)
    .replace(/^(\s*):(?=:)/gm, '$1: ')
    .replaceAll('##[', '## [');

/** Cuts to at most so many characters. */
export const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1)}…`;
