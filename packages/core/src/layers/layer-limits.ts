/** What is read of a layer before it is refused: a registry can give anything. */
export interface LayerLimits {
  /** Headers of the tar, of any kind, and the folders that they imply. */
  readonly entries: number;
  /** Of all paths together, in bytes. */
  readonly pathBytes: number;
  /** Of a pax header or a long name, in bytes. */
  readonly metadata: number;
  /** Of all of these together, in bytes. */
  readonly allMetadata: number;
  /** Of the tar, in bytes, for each layer. */
  readonly unpacked: number;
  /** How many times more than the blob the tar may have beyond that. */
  readonly ratio: number;
}

/** More than any image has: the largest package trees have some 500,000 files with 90 bytes of path each. */
export const layerLimits: LayerLimits = {
  entries: 2_000_000,
  pathBytes: 256 * 1024 * 1024,
  // As Go's reader, which every engine uses.
  metadata: 1024 * 1024,
  allMetadata: 512 * 1024 * 1024,
  unpacked: 8 * 1024 ** 3,
  ratio: 100,
};

/** The longest path and the longest name in it, in bytes, that Linux takes. */
export const maxPath = 4095;
export const maxName = 255;
