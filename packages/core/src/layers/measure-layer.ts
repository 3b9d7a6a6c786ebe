import { MatrixError } from '../error.ts';
import type { LayerMeta, LayerStore } from '../layers-meta/layers-meta.ts';
import { layerModels } from './layer-model.ts';
import { type LayerScan, type ScanLayerOptions, scanLayer } from './scan-layer.ts';

export interface MeasureLayerOptions extends ScanLayerOptions {
  /** What keeps the layer on the device. */
  readonly store: LayerStore;
  /** True of the lowest layer of an image, beside which stores keep less. */
  readonly isBase: boolean;
}

/** A layer that was measured: nothing about it is left out. */
export type MeasuredLayer = Required<Omit<LayerMeta, 'base' | 'usages'>> &
  Pick<LayerMeta, 'base' | 'usages'>;

/** What a layer costs on a disk, for each size of a block; `usage` is for the first. The layer is read once, as a stream. */
export async function measureLayer(options: MeasureLayerOptions): Promise<MeasuredLayer> {
  refuseBlockSizes(options.blockSizes);
  const scan = await scanLayer(options);
  const { descriptor, blockSizes, isBase, store } = options;
  const usages = blockSizes.map((size) => usageOf(scan, options, size));
  if (![...usages, scan.size].every((bytes) => Number.isSafeInteger(bytes))) {
    throw new MatrixError(
      'LAYER_INVALID',
      `the layer ${descriptor.digest} cannot be measured: it takes more than any disk has`,
    );
  }
  return {
    size: scan.size,
    usage: usages[0] ?? 0,
    archive_size: descriptor.size,
    ...(isBase ? { base: true } : {}),
    diff_id: scan.diffId,
    entries: scan.entries,
    inodes: scan.inodes + layerModels[store].inodes(isBase),
    ...(blockSizes.length > 1
      ? { usages: Object.fromEntries(blockSizes.map((size, at) => [size, usages[at] ?? 0])) }
      : {}),
  };
}

function usageOf(
  scan: LayerScan,
  { descriptor, isBase, store }: MeasureLayerOptions,
  blockSize: number,
): number {
  const model = layerModels[store];
  const blocks = (scan.blocks.get(blockSize) ?? 0) + model.blocks(isBase);
  const kept = { tarSplit: scan.tarSplit, archiveSize: descriptor.size };
  return blocks * blockSize + model.beside(kept, blockSize);
}

/** The sizes of a block that ext4 can have, in bytes. */
const ext4BlockSizes: readonly number[] = [1024, 2048, 4096, 8192, 16_384, 32_768, 65_536];

/** Refuses what is no size of a block, and an empty list. */
export function refuseBlockSizes(sizes: readonly number[]): void {
  const wrong = sizes.find((size) => !ext4BlockSizes.includes(size));
  if (sizes.length > 0 && wrong === undefined) return;
  throw new MatrixError(
    'INPUT_INVALID',
    wrong === undefined ? 'there is no block size' : `${wrong} is no block size of ext4`,
    { hint: `Write some of ${ext4BlockSizes.join(', ')}; most disks have 4096.` },
  );
}
