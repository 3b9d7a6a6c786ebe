import { folderAt } from './layer-folders.ts';
import { type LayerLimits, maxPath } from './layer-limits.ts';
import { emptyDirectory, type LayerNode } from './layer-node.ts';
import { namesIn, shownPath } from './layer-paths.ts';
import type { LayerEntry } from './tar-entry.ts';

/** The files of a layer as an engine has unpacked them. */
export interface LayerTree {
  readonly root: LayerNode;
  /** Throws where no engine could unpack the entry, and where there are too many. */
  add(entry: LayerEntry): void;
}

const whiteout = '.wh.';
const opaque = '.wh..wh..opq';

/** A layer without files. A later entry of a path takes the place of an earlier one, as when it is unpacked. */
export function createLayerTree(limits: LayerLimits): LayerTree {
  const root = emptyDirectory();
  let nodes = 0;
  let pathBytes = 0;

  const read = (path: string): void => {
    pathBytes += path.length;
    if (pathBytes <= limits.pathBytes) return;
    throw new Error(`its paths have more than ${limits.pathBytes} bytes together`);
  };
  const put = (parent: LayerNode, name: string, node: LayerNode): void => {
    nodes += 1;
    if (nodes > limits.entries) throw new Error(`it has more than ${limits.entries} files`);
    parent.children?.set(name, node);
  };
  const folder = (names: readonly string[]): LayerNode =>
    folderAt(root, names, { put, follow: read });

  const addDirectory = (parent: LayerNode, name: string, { attributes }: LayerEntry): void => {
    const found = parent.children?.get(name);
    const node = found?.children === undefined ? emptyDirectory() : found;
    if (node !== found) put(parent, name, node);
    node.attributes = attributeBytes(attributes);
  };
  // A whiteout is of what other layers have: https://github.com/opencontainers/image-spec/blob/v1.1.1/layer.md#whiteouts
  const hide = (parent: LayerNode, name: string): void => {
    if (/^\.{0,2}$/.test(name)) throw new Error('a whiteout has no name');
    if (parent.children?.has(name)) return;
    put(parent, name, { type: 'device', size: 0, attributes: 0 });
  };
  const linkedTo = (target: string): LayerNode => {
    const names = namesIn(target);
    const name = names.pop();
    const found = name === undefined ? undefined : folder(names).children?.get(name);
    if (found === undefined || found.children !== undefined) {
      throw new Error(`a hard link leads to ${shownPath(target)}, which is no file of the layer`);
    }
    found.isLinked = true;
    return found;
  };

  const add = (entry: LayerEntry): void => {
    read(entry.path);
    read(entry.target);
    const names = namesIn(entry.path);
    const name = names.pop();
    if (name === undefined) {
      if (entry.type !== 'directory') throw new Error('an entry has no name');
      root.attributes = attributeBytes(entry.attributes);
      return;
    }
    if (names.some(isMetadata) || (isMetadata(name) && name !== opaque)) return;
    const parent = folder(names);
    if (name === opaque) parent.isOpaque = true;
    else if (name.startsWith(whiteout)) hide(parent, name.slice(whiteout.length));
    else if (entry.type === 'directory') addDirectory(parent, name, entry);
    else put(parent, name, entry.type === 'hardlink' ? linkedTo(entry.target) : nodeOf(entry));
  };

  return { root, add };
}

function nodeOf(entry: LayerEntry): LayerNode {
  const { type, target, size } = entry;
  const attributes = attributeBytes(entry.attributes);
  if (type !== 'symlink') return { type: type === 'file' ? 'file' : 'device', size, attributes };
  if (target.length <= maxPath) return { type, size: target.length, attributes, target };
  throw new Error(`the target of a link has ${target.length} bytes, at most ${maxPath} go`);
}

// What storage drivers left behind for themselves.
const isMetadata = (name: string): boolean => name.startsWith('.wh..wh.');

// As ext4 keeps them: a header of 16 bytes, the name without its namespace, the value; each padded to 4.
const attributeBytes = (attributes: ReadonlyMap<string, string>): number => {
  let sum = 0;
  for (const [name, value] of attributes) {
    sum += 16 + padded(name.length - name.indexOf('.') - 1) + padded(value.length);
  }
  return sum;
};

const padded = (size: number): number => Math.ceil(size / 4) * 4;
