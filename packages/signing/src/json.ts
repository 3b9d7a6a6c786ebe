import { invalid } from './invalid.ts';

/** The most bytes of a document that are read; the documents of cosign have less than 64 KiB. */
export const maxDocumentSize = 1024 * 1024;

/** Reads JSON that came with a signature; throws `SIGNATURE_INVALID`, since it is anybody's until it is verified. */
export function parseDocument(bytes: Uint8Array, what: string): unknown {
  if (bytes.byteLength > maxDocumentSize) {
    throw invalid(`has ${what} of ${bytes.byteLength} bytes, at most ${maxDocumentSize} are read`);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw invalid(`has ${what} that is not JSON`, cause);
  }
}

/** A member of a JSON object; undefined where there is none, or no object. */
export function memberOf(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined;
}
