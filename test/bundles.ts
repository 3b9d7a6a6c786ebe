import { posix } from 'node:path';

/** The text of files by their paths, as `build` gives them. */
export type Texts = ReadonlyMap<string, string>;

// At the start of a line: what stands in comments and texts is indented, or has a mark before it.
const staticImport =
  /^(?:import|export)\b[^"';]*?\bfrom "(?<from>\.[^"]+)"|^import "(?<bare>\.[^"]+)"/gm;
// Comments have types by import() as well, but never wait for them.
const dynamicImport = /(?:\bawait|\breturn|=>) import\("(?<from>\.[^"]+)"\)/g;

const namesIn = (texts: Texts, path: string, pattern: RegExp): string[] =>
  [...(texts.get(path) ?? '').matchAll(pattern)].map(({ groups }) =>
    posix.join(posix.dirname(path), groups?.from ?? groups?.bare ?? ''),
  );

/** Every file that runs before the first line of an entry does, itself included. */
export function loadedAtStart(texts: Texts, entry: string): ReadonlySet<string> {
  const found = new Set([entry]);
  for (const path of found) for (const name of namesIn(texts, path, staticImport)) found.add(name);
  return found;
}

/** The files that are loaded when they are wanted, by any of these. */
export const loadedLater = (texts: Texts, paths: Iterable<string>): ReadonlySet<string> =>
  new Set([...paths].flatMap((path) => namesIn(texts, path, dynamicImport)));

/** The packages of others whose modules the bundler put into these files, as its comments name them. */
export const bundledPackages = (texts: Texts): ReadonlySet<string> =>
  new Set(
    [...texts.values()].flatMap((text) =>
      [...text.matchAll(/^\/\/.*\bnode_modules\/(?<name>(?:@[^/\s]+\/)?[^/\s]+)\//gm)].map(
        ({ groups }) => groups?.name ?? '',
      ),
    ),
  );
