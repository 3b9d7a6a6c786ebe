import { emptyDirectory, type LayerNode } from './layer-node.ts';

/** What a layer does when a folder is looked for in it. */
export interface FolderVisitor {
  /** Puts a folder that is missing. */
  put(parent: LayerNode, name: string, node: LayerNode): void;
  /** Hears of each link that is followed, and may throw. */
  follow(target: string): void;
}

// As Linux: https://man7.org/linux/man-pages/man7/path_resolution.7.html
const maxLinks = 40;

/** The folder at a path, as engines find it: they make what is missing, and follow the symbolic links of the layer, within it. */
export function folderAt(
  root: LayerNode,
  names: readonly string[],
  { put, follow }: FolderVisitor,
): LayerNode {
  let at = root;
  let passed: string[] = [];
  let links = 0;
  const left = names.toReversed();
  for (let name = left.pop(); name !== undefined; name = left.pop()) {
    const found = at.children?.get(name);
    if (found?.target !== undefined) {
      links += 1;
      if (links > maxLinks) throw new Error(`a path goes over more than ${maxLinks} links`);
      follow(found.target);
      left.push(...namesBehind(found.target, passed).reverse());
      [at, passed] = [root, []];
      continue;
    }
    const next = found?.children === undefined ? emptyDirectory() : found;
    if (next !== found) put(at, name, next);
    passed.push(name);
    at = next;
  }
  return at;
}

// Above the top is the top.
function namesBehind(target: string, from: readonly string[]): string[] {
  const names = target.startsWith('/') ? [] : [...from];
  for (const name of target.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}
