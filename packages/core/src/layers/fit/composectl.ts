import type { Digest } from '@oci-matrix/oci';
import { product, roundUp, sum } from './amount.ts';
import type { App, SizedBlob } from './app.ts';
import type { AppLayers, FitLayer } from './app-layers.ts';
import { type Demands, type Estimate, layersIn, ratio } from './demand.ts';

/**
 * The rules of `composectl pull` and `check`: all Apps together, each blob once, and one question, of the volume of the store.
 * Where Docker keeps its layers on another volume, nobody looks at that one.
 */
export function composectlDemands(
  apps: readonly AppLayers[],
  installed: ReadonlySet<Digest>,
  blockSize: number,
): Demands {
  const seen = new Set(installed);
  const isNew = ({ digest }: { readonly digest: Digest }): boolean =>
    !seen.has(digest) && seen.add(digest) !== undefined;
  const costs: number[] = [];
  const estimates: Estimate[] = [];
  for (const { app, layers, blockSize: measured, without } of apps) {
    const missing = layers.filter(isNew);
    const hasMeta = measured !== undefined;
    costs.push(...missing.map((layer) => layerCost(layer, hasMeta, blockSize)));
    // Whatever else it keeps counts twice, as if it were unpacked, too.
    costs.push(
      ...others(app)
        .filter(isNew)
        .map(({ size }) => 2 * roundUp(size, blockSize)),
    );
    estimates.push(...estimatesOf(app, missing, hasMeta, without));
  }
  return { demands: [{ place: 'store', bytes: sum(costs) }], estimates, notes: notesOf(apps) };
}

const others = ({ archive, documents = [] }: App): readonly SizedBlob[] =>
  archive === undefined ? documents : [archive, ...documents];

function layerCost(
  { archiveSize = 0, meta }: FitLayer,
  hasMeta: boolean,
  blockSize: number,
): number {
  const store = roundUp(archiveSize, blockSize);
  if (!hasMeta) return sum([store, store]);
  return sum([store, meta?.usage ?? product(archiveSize, ratio)]);
}

function estimatesOf(
  { name }: App,
  missing: readonly FitLayer[],
  hasMeta: boolean,
  without: string,
): Estimate[] {
  const digests = missing.filter(({ meta }) => meta === undefined).map(({ digest }) => digest);
  if (digests.length === 0) return [];
  const counted = hasMeta
    ? `${ratio} times the compressed size counts`
    : 'the compressed size counts for the unpacked one, which is far too little';
  const reason = `For ${layersIn(digests.length)} of ${name} ${counted}, since ${without}.`;
  return [{ app: name, digests, reason }];
}

// The metadata of an App says nothing of them, and the images of an App are named in its archive alone.
function notesOf(apps: readonly AppLayers[]): string[] {
  const names = apps.filter(({ app }) => app.layers === undefined).map(({ app }) => app.name);
  if (names.length === 0) return [];
  return [
    `composectl counts the manifests and configs of images, too: nothing says how large those of ${names.join(', ')} are.`,
  ];
}
