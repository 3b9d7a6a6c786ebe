import type { Digest } from '@oci-matrix/oci';
import type { LayerStore } from '../../layers-meta/layers-meta.ts';
import type { App } from './app.ts';
import { type AppLayers, appLayers, type FitLayer } from './app-layers.ts';
import {
  blobCost,
  type Cost,
  isBound,
  type Measured,
  totalCost,
  unpackedCost,
} from './layer-cost.ts';
import type { Freed } from './verdict.ts';
import type { Volumes } from './volume.ts';

/** Images that a clean-up would remove. */
export interface NamedImages {
  readonly images: readonly App[];
  /** Blobs of what stays installed. */
  readonly kept: ReadonlySet<Digest>;
}

export interface FreedOptions {
  readonly architecture: string;
  readonly volumes: Volumes;
  readonly store: LayerStore;
}

/**
 * What goes with images: their blobs and their unpacked layers, but for what the update or another image needs. A layer without
 * a measurement gives back its blob at least. What Docker keeps beside the layers goes with them.
 */
export function freedBy(
  { images, kept }: NamedImages,
  apps: readonly AppLayers[],
  { architecture, volumes, store }: FreedOptions,
): Freed {
  const needed = new Set([
    ...kept,
    ...apps.flatMap(({ layers }) => layers.map((one) => one.digest)),
  ]);
  const blockSize = volumes.store.blockSize;
  const dockerSize = volumes.docker?.blockSize ?? blockSize;
  const gone = new Map<Digest, { blob: Cost; unpacked: Cost }>();
  for (const measured of images.map((image) => appLayers(image, architecture, 'strict'))) {
    for (const layer of measured.layers.filter(({ digest }) => !needed.has(digest))) {
      const blob = layer.archiveSize === undefined ? nothing : blobCost(layer, blockSize);
      const unpacked = unpackedOf(layer, measured, dockerSize, store);
      gone.set(layer.digest, { blob, unpacked });
    }
  }
  const costs = [...gone.values()];
  const blobs = totalCost(costs.map(({ blob }) => blob));
  const unpacked = totalCost(costs.map((cost) => cost.unpacked));
  return volumes.docker === undefined
    ? byVolume({ disk: totalCost([blobs, unpacked]) })
    : byVolume({ store: blobs, docker: unpacked });
}

const nothing: Cost = { bytes: 0, inodes: 0 };

// What was not measured for such blocks gives back its content for sure.
function unpackedOf(
  layer: FitLayer,
  measured: Measured,
  blockSize: number,
  store: LayerStore,
): Cost {
  const { meta } = layer;
  if (meta === undefined) return nothing;
  return isBound(layer, measured, blockSize, store)
    ? { bytes: meta.size, inodes: meta.inodes ?? 0 }
    : unpackedCost(layer, measured, blockSize, store);
}

const byVolume = (costs: Readonly<Partial<Record<keyof Freed['bytes'], Cost>>>): Freed => ({
  bytes: Object.fromEntries(Object.entries(costs).map(([name, { bytes }]) => [name, bytes])),
  inodes: Object.fromEntries(Object.entries(costs).map(([name, { inodes }]) => [name, inodes])),
});
