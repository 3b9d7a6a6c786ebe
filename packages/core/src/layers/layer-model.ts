import type { LayerStore } from '../layers-meta/layers-meta.ts';
import type { LayerScan } from './scan-layer.ts';

/** What a store keeps of a layer beside its files. */
export interface LayerModel {
  /** Names the formula: a change of it that gives other numbers is a new version. */
  readonly name: string;
  /** Blocks of folders and short files beside the folder with the layer's files. */
  blocks(isBase: boolean): number;
  /** Inodes likewise. */
  inodes(isBase: boolean): number;
  /** Bytes that are no blocks of the files. */
  beside(layer: Kept, blockSize: number): number;
}

interface Kept extends Pick<LayerScan, 'tarSplit'> {
  /** Of the blob, in bytes. */
  readonly archiveSize: number;
}

/**
 * On ext4 with its defaults. `overlay2`: as `du` counts the layer's folder, with its "link", and for all but the lowest layer
 * "lower" and "work", and the length of tar-split.json.gz; the small files of Docker's own layer database are left out, as
 * Foundries leaves them out, but counted as inodes. (In blocks of 1024 bytes "lower" takes a second one from the 36th
 * layer on, which is left out as well: a layer has one usage, wherever in an image it is.) `containerd`: the blob is kept beside what it unpacks to, in a folder
 * with "fs" and "work".
 */
export const layerModels: Readonly<Record<LayerStore, LayerModel>> = {
  overlay2: {
    name: 'ext4-overlay2/v1',
    blocks: (isBase) => (isBase ? 2 : 4),
    // The layer's folder, "link", "committed", the link to it, and five in the layer database; then "lower", "work", "parent".
    inodes: (isBase) => (isBase ? 9 : 12),
    beside: ({ tarSplit }) => tarSplit,
  },
  containerd: {
    name: 'ext4-containerd/v1',
    blocks: () => 2,
    inodes: () => 3,
    beside: ({ archiveSize }, blockSize) => Math.ceil(archiveSize / blockSize) * blockSize,
  },
};
