/** A workflow command: `::name key=value,key=value::message`. */
export interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly message: string;
}

/**
 * Reads a line as a command; undefined when it is none.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 */
export function parseCommand(line: string): Command | undefined {
  const match = /^::([^\s:]+)(?:\s+(.*?))?::(.*)$/s.exec(line.trimStart());
  if (match === null) {
    return undefined;
  }
  const [, name = '', properties = '', message = ''] = match;
  const pairs = properties
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair.includes('='))
    .map((pair) => [
      pair.slice(0, pair.indexOf('=')),
      unescapeProperty(pair.slice(pair.indexOf('=') + 1)),
    ]);
  return {
    name: name.toLowerCase(),
    properties: Object.fromEntries(pairs),
    message: unescapeMessage(message),
  };
}

const unescapeMessage = (text: string): string =>
  text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');

const unescapeProperty = (text: string): string =>
  unescapeMessage(text.replaceAll('%3A', ':').replaceAll('%2C', ','));
