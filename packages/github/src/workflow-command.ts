/** The commands that a step prints for its runner; those for outputs and the environment go through files instead. */
export type CommandName = 'add-mask' | 'endgroup' | 'error' | 'group' | 'notice' | 'warning';

/**
 * Prints a workflow command: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
 * Of our own making, since @actions/core loads an HTTP client for it: half of the time in which an action starts.
 */
export function printCommand(name: CommandName, text = '', title?: string): void {
  const properties = title === undefined ? '' : ` title=${escapeProperty(title)}`;
  printLine(`::${name}${properties}::${escapeText(text)}`);
}

/** Prints a line of the step's log. */
export function printLine(text: string): void {
  process.stdout.write(`${text}\n`);
}

const escapeText = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
