import { formatPlatform } from '@oci-matrix/oci';
import type { PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import {
  compareLayers,
  type LayersComparison,
  type NamedLayer,
  namedLayers,
} from './compare-layers.ts';
import type { LayersTotal } from './layers-total.ts';
import type { MeasuredPlatform } from './measure-image.ts';

export interface LayersSummaryOptions {
  readonly platforms: readonly MeasuredPlatform[];
  /** What there was before, by platform as `formatPlatform` writes it. */
  readonly previous?: ReadonlyMap<string, PlatformLayersMeta> | undefined;
  /** How many layers count as the largest; 5 unless given. */
  readonly largest?: number | undefined;
}

/** What people want to know of the image of one platform. */
export interface PlatformSummary {
  readonly platform: string;
  readonly total: LayersTotal;
  /** On the disk, the largest first; each with its place in the image, from 0. */
  readonly largest: readonly (NamedLayer & { readonly place: number })[];
  readonly comparison?: LayersComparison;
}

/** The facts of a summary, platform by platform. */
export function layersSummary({
  platforms,
  previous,
  largest = 5,
}: LayersSummaryOptions): PlatformSummary[] {
  return platforms.map(({ platform, document, layers, total }) => {
    const name = formatPlatform(platform);
    const before = previous?.get(name);
    return {
      platform: name,
      total,
      largest: namedLayers(document)
        .slice(0, largest)
        .map((layer) => ({ ...layer, place: layers.indexOf(layer.digest) })),
      ...(before === undefined ? {} : { comparison: compareLayers(before, document) }),
    };
  });
}
