import { posix } from 'node:path';
import type { TarEntry } from './tar-entries.ts';

/** A link in an archive: a symbolic one counts from its own folder, a hard one from the top. */
export interface TarLink {
  readonly target: string;
  readonly symbolic: boolean;
}

// More than any tool writes, and an end for links that go round in circles.
const maxSteps = 16;

/** The files, and under the names of links the files that they come to. What leads out of the archive comes to nothing. */
export function withLinks(
  files: ReadonlyMap<string, TarEntry>,
  links: ReadonlyMap<string, TarLink>,
): Map<string, TarEntry> {
  const found = new Map(files);
  for (const name of links.keys()) {
    const file = files.get(name) ?? follow(name, files, links);
    if (file !== undefined) found.set(name, file);
  }
  return found;
}

function follow(
  name: string,
  files: ReadonlyMap<string, TarEntry>,
  links: ReadonlyMap<string, TarLink>,
): TarEntry | undefined {
  let at = name;
  for (let step = 0; step < maxSteps; step += 1) {
    const link = links.get(at);
    if (link === undefined || posix.isAbsolute(link.target)) return undefined;
    at = posix.normalize(link.symbolic ? posix.join(posix.dirname(at), link.target) : link.target);
    const file = files.get(at);
    if (file !== undefined) return file;
  }
  return undefined;
}
