import { InvalidManifestError } from './invalid-manifest.ts';

/**
 * The members of a JSON object as their own source text, in order: what we do not own can be written back
 * byte for byte, where parsing and printing would change escapes, numbers and white space.
 * `text` must be JSON that `JSON.parse` accepts.
 */
export function memberSources(text: string): Map<string, string> {
  const members = new Map<string, string>();
  for (const member of splitTop(text)) {
    const colon = endOfString(member, 0) + 1;
    const key: unknown = JSON.parse(member.slice(0, colon));
    if (typeof key !== 'string' || members.has(key)) {
      throw new InvalidManifestError('$', key, 'has this property twice');
    }
    members.set(key, member.slice(member.indexOf(':', colon) + 1).trim());
  }
  return members;
}

/** The elements of a JSON array as their own source text. */
export const elementSources = (text: string): string[] => splitTop(text);

// Cuts what stands between the outermost brackets at the commas that stand in no other bracket and no string.
function splitTop(text: string): string[] {
  const inner = text.trim().slice(1, -1);
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < inner.length; i += 1) {
    const char = inner[i];
    if (char === '"') i = endOfString(inner, i);
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') depth -= 1;
    else if (char === ',' && depth === 0) {
      parts.push(inner.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = inner.slice(start).trim();
  return last === '' ? parts : [...parts, last];
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
