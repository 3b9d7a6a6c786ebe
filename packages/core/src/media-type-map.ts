import { isMediaType } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** Media types by suffix; of several suffixes that fit a name the longest wins. */
export type MediaTypeMap = ReadonlyMap<string, string>;

/** Reads lines `suffix=type/subtype`; a dot in front of the suffix is the same as none. */
export function parseMediaTypes(lines: readonly string[]): MediaTypeMap {
  return new Map(
    lines.map((line) => {
      const at = line.indexOf('=');
      const suffix = line.slice(0, Math.max(at, 0)).trim().replace(/^\./, '');
      const mediaType = line.slice(at + 1).trim();
      if (suffix === '' || !isMediaType(mediaType)) {
        throw new MatrixError('INPUT_INVALID', `media-types cannot have ${JSON.stringify(line)}`, {
          hint: 'Write suffix=type/subtype, one a line, e.g. tar.gz=application/gzip.',
        });
      }
      return [suffix, mediaType];
    }),
  );
}

/** The media type of a file by its name: a suffix behind a dot, or the whole name. */
export function mediaTypeOf(path: string, map: MediaTypeMap): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const fitting = [...map.keys()].filter(
    (suffix) => name === suffix || name.endsWith(`.${suffix}`),
  );
  const longest = fitting.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? undefined : map.get(longest);
}
