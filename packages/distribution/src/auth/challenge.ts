/** One challenge of a `WWW-Authenticate` header (RFC 9110, section 11.6.1). */
export interface Challenge {
  /** In lower case. */
  readonly scheme: string;
  /** Names in lower case. */
  readonly parameters: ReadonlyMap<string, string>;
}

const parameter =
  /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]+)(?=\s*(?:,|$)))/y;
const scheme =
  /[\s,]*([!#$%&'*+.^_`|~0-9A-Za-z-]+)(?:\s+[A-Za-z0-9._~+/-]+=*(?=\s*(?:,|$)))?(?=[\s,]|$)/y;

/** Reads every challenge of every such header, in order. What cannot be read ends its header, and takes nothing before it along. */
export const parseChallenges = (headers: readonly string[]): Challenge[] =>
  headers.flatMap(parseHeader);

function parseHeader(text: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  for (let at = 0; at < text.length; ) {
    const current = challenges.at(-1);
    const named = current && matchAt(parameter, text, at);
    if (current && named) {
      const [, name = '', quoted, token = ''] = named;
      const value = quoted === undefined ? token : quoted.replace(/\\(.)/g, '$1');
      // Of a parameter given twice the first counts, as with every client that we know of.
      const key = name.toLowerCase();
      if (!current.parameters.has(key)) current.parameters.set(key, value);
      at += named[0].length;
      continue;
    }
    const started = matchAt(scheme, text, at);
    if (started === null) break;
    challenges.push({ scheme: (started[1] ?? '').toLowerCase(), parameters: new Map() });
    at += started[0].length;
  }
  return challenges;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}
