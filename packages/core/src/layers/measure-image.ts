import type { Descriptor, Digest, Platform } from '@oci-matrix/oci';
import pMap from 'p-map';
import type { ImageReader } from '../image-reader.ts';
import type { LayerStore, PlatformLayersMeta } from '../layers-meta/layers-meta.ts';
import { distinctLayers } from './distinct-layers.ts';
import type { PlatformImage } from './image-layers.ts';
import { type ImageToMeasure, openImage } from './image-to-measure.ts';
import { knownLayer, type WantedLayer } from './known-layer.ts';
import type { LayerLimits } from './layer-limits.ts';
import { layerModels } from './layer-model.ts';
import { type LayersTotal, layersTotal } from './layers-total.ts';
import { linuxImages, type SkippedManifest } from './linux-images.ts';
import { type MeasuredLayer, measureLayer, refuseBlockSizes } from './measure-layer.ts';

export interface MeasureImageOptions {
  readonly source: ImageToMeasure;
  /** All that are for Linux unless given. */
  readonly platforms?: readonly Platform[] | undefined;
  /** In bytes; the documents are for the first, and have `usages` for all of several. */
  readonly blockSizes: readonly number[];
  readonly store: LayerStore;
  /** What was measured before. */
  readonly known?: readonly PlatformLayersMeta[] | undefined;
  /** Looks up what was measured before of an image, by the digest of its manifest. */
  readonly findKnown?: ((manifest: Digest) => Promise<readonly PlatformLayersMeta[]>) | undefined;
  /** Layers at a time; 4 unless given. */
  readonly concurrency?: number | undefined;
  readonly onProgress?: ((progress: LayerProgress) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly limits?: Partial<LayerLimits> | undefined;
}

/** How far one layer is. */
export interface LayerProgress {
  readonly digest: Digest;
  readonly state: 'known' | 'reading' | 'measured';
  /** Of the blob, in bytes: what came, and what there is. */
  readonly received: number;
  readonly size: number;
}

/** What the image of one platform costs. */
export interface MeasuredPlatform {
  readonly platform: Platform;
  /** The digest of the image's manifest. */
  readonly manifest: Descriptor;
  /** From the lowest to the highest. One that comes twice is there twice, and in the document once. */
  readonly layers: readonly Digest[];
  readonly document: PlatformLayersMeta;
  readonly total: LayersTotal;
}

export interface MeasuredImage {
  /** Sorted by platform. */
  readonly platforms: readonly MeasuredPlatform[];
  readonly skipped: readonly SkippedManifest[];
  /** Layers that were read, and that were known before. */
  readonly measured: number;
  readonly known: number;
}

/** Measures the layers of an image, each once, whatever platforms share it. */
export async function measureImage(options: MeasureImageOptions): Promise<MeasuredImage> {
  refuseBlockSizes(options.blockSizes);
  const { reader, roots } = await openImage(options.source);
  const { images, skipped } = await linuxImages({ reader, roots }, options.platforms);
  const wanted = distinctLayers(reader.name, images);
  const documents = [...(options.known ?? []), ...(await findAll(images, options))];
  const known = new Map<Digest, MeasuredLayer>();
  for (const layer of wanted) {
    const found = knownLayer(documents, layer, options);
    if (found !== undefined) known.set(layer.descriptor.digest, found);
  }
  reportKnown(wanted, known, options);
  const unknown = wanted.filter(({ descriptor }) => !known.has(descriptor.digest));
  const all = new Map([...known, ...(await measureAll(reader, unknown, options))]);
  const platforms = images.map((image) => measuredPlatform(image, all, options));
  return { platforms, skipped, measured: unknown.length, known: known.size };
}

async function findAll(
  images: readonly PlatformImage[],
  { findKnown }: MeasureImageOptions,
): Promise<readonly PlatformLayersMeta[]> {
  if (findKnown === undefined) return [];
  const digests = images.map(({ manifest }) => manifest.digest);
  return (await pMap(digests, (digest) => findKnown(digest), { concurrency: 4 })).flat();
}

function reportKnown(
  wanted: readonly WantedLayer[],
  known: ReadonlyMap<Digest, MeasuredLayer>,
  { onProgress }: MeasureImageOptions,
): void {
  for (const { descriptor } of wanted) {
    const { digest, size } = descriptor;
    if (known.has(digest)) onProgress?.({ digest, size, state: 'known', received: 0 });
  }
}

async function measureAll(
  reader: ImageReader,
  layers: readonly WantedLayer[],
  options: MeasureImageOptions,
): Promise<[Digest, MeasuredLayer][]> {
  const failed = new AbortController();
  const signal = AbortSignal.any([failed.signal, ...(options.signal ? [options.signal] : [])]);
  try {
    return await pMap(
      layers,
      async (layer) => [
        layer.descriptor.digest,
        await measureOne(reader, layer, { ...options, signal }),
      ],
      { concurrency: options.concurrency ?? 4 },
    );
  } catch (error) {
    failed.abort();
    throw error;
  }
}

async function measureOne(
  reader: ImageReader,
  { descriptor, diffId, isBase }: WantedLayer,
  { blockSizes, store, limits, signal, onProgress }: MeasureImageOptions,
): Promise<MeasuredLayer> {
  const { digest, size } = descriptor;
  const { source } = await reader.blob(descriptor);
  const report = (state: LayerProgress['state'], received: number): void =>
    onProgress?.({ digest, size, state, received });
  const measured = await measureLayer({
    ...{ descriptor, diffId, isBase, blockSizes, store, limits, signal },
    open: () => source.open(),
    onProgress: (received) => report('reading', received),
  });
  report('measured', size);
  return measured;
}

function measuredPlatform(
  { platform, manifest, layers }: PlatformImage,
  all: ReadonlyMap<Digest, MeasuredLayer>,
  { blockSizes, store }: MeasureImageOptions,
): MeasuredPlatform {
  const digests = layers.map(({ descriptor }) => descriptor.digest);
  const document: PlatformLayersMeta = {
    fs_block_size: blockSizes[0] ?? 0,
    layers: Object.fromEntries(
      digests.flatMap((digest) => {
        const measured = all.get(digest);
        return measured === undefined ? [] : [[digest, measured]];
      }),
    ),
    model: layerModels[store].name,
    store,
  };
  return { platform, manifest, layers: digests, document, total: layersTotal(document) };
}
