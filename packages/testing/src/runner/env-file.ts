/**
 * Reads what a step wrote to GITHUB_OUTPUT, GITHUB_ENV or GITHUB_STATE: `name=value`, or
 * `name<<DELIMITER`, lines, and the delimiter alone on a line that ends. The last value of a name wins.
 */
export function parseEnvFile(text: string): Map<string, string> {
  const values = new Map<string, string>();
  let rest = text;
  while (rest !== '') {
    const { line, after } = takeLine(rest);
    rest = after;
    if (line === '') {
      continue;
    }
    const equals = line.indexOf('=');
    const heredoc = line.indexOf('<<');
    if (heredoc >= 0 && (equals < 0 || heredoc < equals)) {
      const [name, delimiter] = [line.slice(0, heredoc), line.slice(heredoc + 2)];
      const block = takeBlock(rest, nonEmpty(delimiter, line));
      values.set(nonEmpty(name, line), block.value);
      rest = block.after;
    } else if (equals >= 0) {
      values.set(nonEmpty(line.slice(0, equals), line), line.slice(equals + 1));
    } else {
      throw new SyntaxError(`the line ${JSON.stringify(line)} has neither "=" nor "<<"`);
    }
  }
  return values;
}

function takeLine(text: string): { line: string; after: string; isEnded: boolean } {
  const end = text.indexOf('\n');
  return end < 0
    ? { line: text, after: '', isEnded: false }
    : { line: text.slice(0, end), after: text.slice(end + 1), isEnded: true };
}

function takeBlock(text: string, delimiter: string): { value: string; after: string } {
  let at = 0;
  while (at < text.length) {
    const { line, after, isEnded } = takeLine(text.slice(at));
    if (line === delimiter) {
      return { value: text.slice(0, Math.max(0, at - 1)), after };
    }
    if (!isEnded) {
      throw new SyntaxError(
        `the value before the delimiter ${delimiter} does not end its last line`,
      );
    }
    at += line.length + 1;
  }
  throw new SyntaxError(`the delimiter ${delimiter} never comes`);
}

function nonEmpty(part: string, line: string): string {
  if (part === '') {
    throw new SyntaxError(`the line ${JSON.stringify(line)} has an empty name or delimiter`);
  }
  return part;
}
