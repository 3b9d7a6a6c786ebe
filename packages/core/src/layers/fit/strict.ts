import type { Digest } from '@oci-matrix/oci';
import type { LayerStore } from '../../layers-meta/layers-meta.ts';
import { roundUp, sum } from './amount.ts';
import type { Installed } from './app.ts';
import type { AppLayers, FitLayer } from './app-layers.ts';
import { type Demands, type Estimate, layersIn, ratio } from './demand.ts';
import {
  blobCost,
  type Cost,
  isBound,
  type Measured,
  totalCost,
  unpackedCost,
} from './layer-cost.ts';

export interface StrictOptions {
  readonly installed: Installed;
  /** Of the volume of the blobs, and of Docker's. */
  readonly blockSizes: { readonly store: number; readonly docker: number };
  readonly store: LayerStore;
  readonly oneVolume: boolean;
}

/**
 * What an update takes in the end: all Apps together, each blob and each unpacked layer once, in blocks of the device, with what
 * Docker keeps beside the layers.
 */
export function strictDemands(apps: readonly AppLayers[], options: StrictOptions): Demands {
  const { installed, blockSizes, oneVolume } = options;
  const missing = distinct(apps).filter(({ layer }) => !installed.digests.has(layer.digest));
  const fresh = new Set(apps.flatMap((app) => toUnpack(app, installed)));
  const unpacked = missing.filter(({ layer: { digest } }) => fresh.has(digest));
  const store = totalCost([
    ...missing.map(({ layer }) => blobCost(layer, blockSizes.store)),
    ...othersOf(apps, installed, blockSizes.store),
  ]);
  const docker = totalCost(
    unpacked.map(({ layer, measured }) =>
      unpackedCost(layer, measured, blockSizes.docker, options.store),
    ),
  );
  return {
    demands: oneVolume
      ? [{ place: 'store', ...totalCost([store, docker]) }]
      : [
          { place: 'store', ...store },
          { place: 'docker', ...docker },
        ],
    passing: passingOf(unpacked),
    estimates: estimatesOf(apps, new Set(missing.map(({ layer }) => layer))),
    notes: notesOf(unpacked, options),
  };
}

interface MeasuredLayer {
  readonly layer: FitLayer;
  readonly measured: Measured;
}

// Of a layer that several Apps have, the measurement of the first that has one.
function distinct(apps: readonly AppLayers[]): MeasuredLayer[] {
  const found = new Map<string, MeasuredLayer>();
  for (const measured of apps) {
    for (const layer of measured.layers) {
      const other = found.get(layer.digest);
      if (other?.layer.meta === undefined) found.set(layer.digest, { layer, measured });
    }
  }
  return [...found.values()];
}

// While Docker loads an image from an archive it keeps a copy of that (moby, tarexport/load.go). Images are loaded one by one, and
// nothing here tells those of an App apart.
const passingOf = (unpacked: readonly MeasuredLayer[]): number =>
  Math.max(
    0,
    ...Map.groupBy(unpacked, ({ measured }) => measured)
      .values()
      .map((layers) => sum(layers.map(({ layer }) => layer.meta?.size ?? 0))),
  );

// Docker knows an unpacked layer by its files and all layers below it. Where the order of the layers is known one with the same
// files counts as there if everything below it is; a document alone says nothing of an order.
function toUnpack({ app, layers }: AppLayers, { diffIds }: Installed): Digest[] {
  const isNew = ({ diffId }: FitLayer): boolean => diffId === undefined || !diffIds.has(diffId);
  const first = layers.findIndex(isNew);
  const fresh =
    app.layers === undefined ? layers.filter(isNew) : first < 0 ? [] : layers.slice(first);
  return fresh.map(({ digest }) => digest);
}

// An archive is unpacked to its App's folder, and may be three times as large there.
function othersOf(apps: readonly AppLayers[], { digests }: Installed, blockSize: number): Cost[] {
  const sizes = new Map(
    apps.flatMap(({ app: { archive, documents = [] } }) => [
      ...documents.map(({ digest, size }) => [digest, size] as const),
      ...(archive === undefined ? [] : [[archive.digest, 4 * archive.size] as const]),
    ]),
  );
  return [...sizes]
    .filter(([digest]) => !digests.has(digest))
    .map(([, size]) => ({ bytes: roundUp(size, blockSize), inodes: 1 }));
}

const estimatesOf = (apps: readonly AppLayers[], missing: ReadonlySet<FitLayer>): Estimate[] =>
  apps.flatMap(({ app: { name }, layers, without }) => {
    const digests = layers
      .filter((layer) => missing.has(layer) && layer.meta === undefined)
      .map(({ digest }) => digest);
    if (digests.length === 0) return [];
    const reason = `For ${layersIn(digests.length)} of ${name} ${ratio} times the compressed size counts, since ${without}.`;
    return [{ app: name, digests, reason }];
  });

function notesOf(
  unpacked: readonly MeasuredLayer[],
  { blockSizes: { docker: blockSize }, store }: StrictOptions,
): string[] {
  const count = (is: (one: MeasuredLayer) => boolean): number => unpacked.filter(is).length;
  const bound = count(({ layer, measured }) => isBound(layer, measured, blockSize, store));
  const uncounted = count(({ layer }) => layer.meta?.inodes === undefined);
  const sizeless = count(({ layer }) => layer.archiveSize === undefined);
  return [
    bound > 0 &&
      `For ${layersIn(bound)} an upper bound counts: nobody measured for blocks of ${blockSize} bytes and ${store}.`,
    uncounted > 0 &&
      `Nothing says how many files are in ${layersIn(uncounted)}: more inodes are needed than counted here.`,
    sizeless > 0 &&
      `Nothing says how large the blobs of ${layersIn(sizeless)} are: they count as if they were not compressed.`,
  ].filter((note) => note !== false);
}
