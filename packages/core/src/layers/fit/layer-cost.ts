import type { LayerStore } from '../../layers-meta/layers-meta.ts';
import { product, roundUp, sum } from './amount.ts';
import type { AppLayers, FitLayer } from './app-layers.ts';
import { ratio } from './demand.ts';

/** What something takes of a volume. */
export interface Cost {
  readonly bytes: number;
  readonly inodes: number;
}

export const totalCost = (costs: readonly Cost[]): Cost => ({
  bytes: sum(costs.map(({ bytes }) => bytes)),
  inodes: sum(costs.map(({ inodes }) => inodes)),
});

/** What of a measurement tells how to read it. */
export type Measured = Pick<AppLayers, 'blockSize' | 'store'>;

/** A blob in the store of the device. A layer of an unknown blob is hardly larger packed than unpacked. */
export const blobCost = (
  { archiveSize, meta }: Pick<FitLayer, 'archiveSize' | 'meta'>,
  blockSize: number,
): Cost => ({ bytes: roundUp(archiveSize ?? meta?.usage ?? 0, blockSize), inodes: 1 });

// Beside what `du` sees of a layer Docker keeps a folder of small files, three for the lowest layer and four for others, and a
// link whose target is too long for an inode: each a block. One more file, which names all that the layer has, is in `usage` by
// its bytes.
const besideBase = 5;
const besideOthers = 6;

// What comes to the files of a layer, where the measurement does not count it.
const besideInodes: Readonly<Record<LayerStore, number>> = { overlay2: 12, containerd: 3 };

/** A layer as Docker unpacks it, with all that it keeps of it; measured on ext4, in its default form. */
export function unpackedCost(
  layer: FitLayer,
  measured: Measured,
  blockSize: number,
  store: LayerStore,
): Cost {
  const { meta } = layer;
  const unpacked = roundUp(usageAt(layer, measured, blockSize), blockSize);
  const counted = meta?.inodes !== undefined && measured.store === store;
  const inodes = sum([meta?.inodes ?? 0, counted ? 0 : besideInodes[store]]);
  if (store === 'overlay2') {
    const beside = product(meta?.base ? besideBase : besideOthers, blockSize);
    return { bytes: sum([unpacked, beside]), inodes };
  }
  // A measurement for this store has the blob in it, which it keeps beside what it unpacks.
  const blob = measured.store === 'containerd' ? 0 : blobCost(layer, blockSize).bytes;
  return { bytes: sum([unpacked, blob]), inodes };
}

/** The usage of a layer in blocks of the device: as measured for them, else no less than it can be. */
function usageAt(
  { meta, archiveSize = 0 }: FitLayer,
  { blockSize: measured = 0 }: Measured,
  blockSize: number,
): number {
  if (meta === undefined) return sum([product(archiveSize, ratio), product(5, blockSize)]);
  const known = meta.usages?.[blockSize];
  if (known !== undefined) return known;
  // Smaller blocks waste less.
  if (blockSize <= measured) return meta.usage;
  // Larger ones waste at most the difference for each file; where nobody counted the files, every block was one.
  return meta.inodes === undefined
    ? product(Math.ceil(meta.usage / measured), blockSize)
    : sum([meta.usage, product(sum([meta.inodes, 5]), blockSize - measured)]);
}

/** True where what counts for such a device is a bound, and was not measured. What says nothing of a store is of overlay2. */
export const isBound = (
  { meta }: FitLayer,
  { blockSize: measured, store: measuredFor = 'overlay2' }: Measured,
  blockSize: number,
  store: LayerStore,
): boolean =>
  meta !== undefined &&
  (measuredFor !== store || (measured !== blockSize && meta.usages?.[blockSize] === undefined));
