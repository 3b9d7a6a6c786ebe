import { sep } from 'node:path';
import { isMediaType } from '@oci-matrix/oci';

/** A line of a list of files: a pattern, and the media type behind it. */
export interface FilePattern {
  readonly pattern: string;
  readonly mediaType: string | undefined;
}

/** Splits `path:type/subtype`, as oras writes it; any other colon is part of the path. */
export function parseFilePattern(line: string): FilePattern {
  const colon = line.lastIndexOf(':');
  const mediaType = line.slice(colon + 1);
  return colon > 0 && isMediaType(mediaType)
    ? { pattern: line.slice(0, colon), mediaType }
    : { pattern: line, mediaType: undefined };
}

/** A pattern that matches this path and no other. */
export const escapePattern = (path: string): string =>
  // Where a backslash does not separate, it escapes.
  path.replace(sep === '/' ? /[*?[\\]/g : /[*?[]/g, (found) =>
    found === '\\' ? '\\\\' : `[${found}]`,
  );
