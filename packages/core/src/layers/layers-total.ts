import type { PlatformLayersMeta } from '../layers-meta/layers-meta.ts';

/** What the layers of a document cost together, each once. */
export interface LayersTotal {
  readonly layers: number;
  /** Unpacked, in bytes. */
  readonly size: number;
  /** On the disk, in bytes. */
  readonly usage: number;
  /** To download, in bytes. */
  readonly archive_size: number;
  readonly inodes: number;
}

export function layersTotal({ layers }: Pick<PlatformLayersMeta, 'layers'>): LayersTotal {
  const all = Object.values(layers);
  const sum = (key: 'size' | 'usage' | 'archive_size' | 'inodes'): number =>
    all.reduce((total, layer) => total + (layer[key] ?? 0), 0);
  return {
    layers: all.length,
    size: sum('size'),
    usage: sum('usage'),
    archive_size: sum('archive_size'),
    inodes: sum('inodes'),
  };
}
