import { canonicalText } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Reads `outputs`: key=value, one a line, or one JSON object; values that are not text become JSON. */
export function parseOutputs(text: string): Record<string, string> {
  if (text.trimStart().startsWith('{')) return fromJson(text);
  const lines = text.split('\n').map((line) => line.trim());
  return Object.fromEntries(lines.filter((line) => line !== '').map(pairOf));
}

function pairOf(line: string): [string, string] {
  const at = line.indexOf('=');
  const key = line.slice(0, Math.max(at, 0)).trim();
  if (!isKey(key)) throw invalid(`${JSON.stringify(line)} is not key=value`);
  return [key, line.slice(at + 1)];
}

function fromJson(text: string): Record<string, string> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalid('it begins like JSON, and is not');
  }
  return Object.fromEntries(
    Object.entries(value as object).map(([key, item]) => {
      if (!isKey(key)) throw invalid(`${JSON.stringify(key)} is no name of an output`);
      return [key, typeof item === 'string' ? item : canonicalText(item)];
    }),
  );
}

const isKey = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_.-]*$/.test(text);

const invalid = (reason: string): MatrixError =>
  new MatrixError('INPUT_INVALID', `outputs cannot be read: ${reason}`, {
    hint: 'Write key=value, one a line, or a JSON object where values have several lines.',
  });
