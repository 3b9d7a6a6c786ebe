import type { LayerMeta, LayerStore, PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import type { ImageLayer } from './image-layers.ts';
import { layerModels } from './layer-model.ts';
import type { MeasuredLayer } from './measure-layer.ts';

export interface WantedLayer extends ImageLayer {
  readonly isBase: boolean;
}

export interface WantedModel {
  readonly store: LayerStore;
  /** In bytes; `usage` is for the first. */
  readonly blockSizes: readonly number[];
}

/** What documents of before say of a layer, where that is all that measuring it would give; undefined else. */
export function knownLayer(
  documents: readonly PlatformLayersMeta[],
  layer: WantedLayer,
  wanted: WantedModel,
): MeasuredLayer | undefined {
  for (const document of documents) {
    if (document.model !== layerModels[wanted.store].name) continue;
    const { layers } = document;
    const { digest } = layer.descriptor;
    const found = Object.hasOwn(layers, digest) ? layers[digest] : undefined;
    const known = found && isSame(found, layer) ? measuredOf(document, found, wanted) : undefined;
    if (known !== undefined) return known;
  }
  return undefined;
}

// A document of somebody else may say anything: what the image says of the layer must agree.
const isSame = (meta: LayerMeta, { descriptor, diffId, isBase }: WantedLayer): boolean =>
  meta.archive_size === descriptor.size &&
  meta.diff_id === diffId &&
  (meta.base ?? false) === isBase;

function measuredOf(
  { fs_block_size }: PlatformLayersMeta,
  meta: LayerMeta,
  { blockSizes }: WantedModel,
): MeasuredLayer | undefined {
  const { archive_size, diff_id, entries, inodes, size, usage, usages: all } = meta;
  if (archive_size === undefined || diff_id === undefined) return undefined;
  if (entries === undefined || inodes === undefined) return undefined;
  const usages = new Map<number, number>();
  for (const bytes of blockSizes) {
    const known = bytes === fs_block_size ? usage : all?.[String(bytes)];
    if (known === undefined) return undefined;
    usages.set(bytes, known);
  }
  return {
    size,
    usage: [...usages.values()][0] ?? usage,
    archive_size,
    ...(meta.base ? { base: true } : {}),
    ...{ diff_id, entries, inodes },
    ...(usages.size > 1 ? { usages: Object.fromEntries(usages) } : {}),
  };
}
