import { maxName, maxPath } from './layer-limits.ts';

/** The names in a path, from the top of the layer; dots are resolved. Throws where it leads out, and where Linux takes no such path. */
export function namesIn(path: string): string[] {
  if (path.length > maxPath) {
    throw new Error(`a path has ${path.length} bytes, at most ${maxPath} go`);
  }
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    // A whiteout is on no disk by the name that it has in the tar.
    if (name.length > (name.startsWith('.wh.') ? maxName + 4 : maxName)) {
      throw new Error(`a name has ${name.length} bytes, at most ${maxName} go`);
    }
    if (name !== '..') names.push(name);
    else if (names.pop() === undefined) {
      throw new Error(`the path ${shownPath(path)} leads out of the layer`);
    }
  }
  return names;
}

/** A path as errors show it: text that has one character for each byte. */
export const shownPath = (path: string): string =>
  JSON.stringify(Buffer.from(path.slice(0, 200), 'latin1').toString());
