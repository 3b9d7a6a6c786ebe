import { type Digest, isDigest } from '@oci-matrix/oci';
import type { LayerMeta, PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { type LayersTotal, layersTotal } from './layers-total.ts';

/** What changed between two images of one platform, by the digests of their layers. */
export interface LayersComparison {
  /** The largest on the disk first, as the others. */
  readonly added: readonly NamedLayer[];
  readonly removed: readonly NamedLayer[];
  readonly shared: readonly NamedLayer[];
  /** What a device that has the previous image must download, in bytes. */
  readonly download: number;
  /** What that takes on its disk while it has both, in bytes. */
  readonly usage: number;
  /** What the disk gets back when the previous image goes, in bytes. */
  readonly freed: number;
  /** The current image on the disk less the previous one, in bytes; may be negative. */
  readonly growth: number;
}

export interface NamedLayer extends LayerMeta {
  readonly digest: Digest;
}

/** Compares two documents, whose usage must be by the same formula for blocks of the same size for a growth that means something. */
export function compareLayers(
  previous: PlatformLayersMeta,
  current: PlatformLayersMeta,
): LayersComparison {
  const [added, shared] = split(current, previous);
  const [removed] = split(previous, current);
  const total = (layers: readonly NamedLayer[]): LayersTotal =>
    layersTotal({ layers: Object.fromEntries(layers.map((layer) => [layer.digest, layer])) });
  const [gained, lost] = [total(added), total(removed)];
  return {
    ...{ added, removed, shared },
    download: gained.archive_size,
    usage: gained.usage,
    freed: lost.usage,
    growth: layersTotal(current).usage - layersTotal(previous).usage,
  };
}

/** The layers of a document with their digests, the largest on the disk first. */
export const namedLayers = ({ layers }: Pick<PlatformLayersMeta, 'layers'>): NamedLayer[] =>
  Object.entries(layers)
    .flatMap(([digest, layer]) => (isDigest(digest) ? [{ digest, ...layer }] : []))
    .sort((a, b) => b.usage - a.usage || (a.digest < b.digest ? -1 : 1));

function split(of: PlatformLayersMeta, other: PlatformLayersMeta): [NamedLayer[], NamedLayer[]] {
  const all = namedLayers(of);
  const isIn = ({ digest }: NamedLayer): boolean => Object.hasOwn(other.layers, digest);
  return [all.filter((layer) => !isIn(layer)), all.filter(isIn)];
}
