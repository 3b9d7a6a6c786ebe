import type { LayerNode } from './layer-node.ts';

/** What the files of a layer are on an ext4 file system, without what the store keeps beside them. */
export interface DiskUse {
  /** As the engine counts it: the bytes of files and the targets of symbolic links, each inode once. */
  readonly size: number;
  /** With the folder that they are in. */
  readonly inodes: number;
  /** With that folder, by the size of a block in bytes. */
  readonly blocks: ReadonlyMap<number, number>;
}

// What an inode of 256 bytes, the size that mkfs.ext4 chooses, has room for: extended attributes, and targets of links.
const attributesInInode = 96 - 8;
const targetInInode = 60;
// The attribute trusted.overlay.opaque with the value "y".
const opaqueAttribute = 36;
// A directory: the entries "." and "..", the checksum at the end of a block, and how full the blocks of an index are.
const dotEntries = 24;
const blockEnd = 12;
const fill = 0.75;

/**
 * Counts what ext4 with its defaults takes, for several sizes of a block at once. What a fragmented disk takes beside that, to
 * remember where a file is, nobody can know before:
 * https://docs.kernel.org/filesystems/ext4/directory.html
 */
export function diskUse(root: LayerNode, blockSizes: readonly number[]): DiskUse {
  const blocks = new Map(blockSizes.map((size) => [size, 0]));
  const seen = new Set<LayerNode>();
  let [size, inodes] = [0, 0];
  for (const nodes: LayerNode[] = [root]; ; ) {
    const node = nodes.pop();
    if (node === undefined) break;
    if (seen.has(node)) continue;
    if (node.isLinked) seen.add(node);
    inodes += 1;
    size += node.size;
    for (const [bytes, sum] of blocks) blocks.set(bytes, sum + blocksOf(node, bytes));
    if (node.children) for (const child of node.children.values()) nodes.push(child);
  }
  return { size, inodes, blocks };
}

function blocksOf(node: LayerNode, blockSize: number): number {
  const all = node.attributes + (node.isOpaque ? opaqueAttribute : 0);
  const attributes = all > attributesInInode ? 1 : 0;
  if (node.type === 'file') return attributes + Math.ceil(node.size / blockSize);
  if (node.type === 'symlink') return attributes + (node.size < targetInInode ? 0 : 1);
  if (node.children) return attributes + directoryBlocks(node.children, blockSize);
  return attributes;
}

function directoryBlocks(children: ReadonlyMap<string, LayerNode>, blockSize: number): number {
  let records = 0;
  for (const name of children.keys()) records += 8 + Math.ceil(name.length / 4) * 4;
  const room = blockSize - blockEnd;
  if (dotEntries + records <= room) return 1;
  const perBlock = Math.floor(room / (records / children.size)) * fill;
  return 1 + Math.ceil(children.size / perBlock);
}
