import type { Digest } from '@oci-matrix/oci';
import { product, sum } from './amount.ts';
import type { AppLayers, FitLayer } from './app-layers.ts';
import { type Demand, type Demands, type Estimate, layersIn, ratio } from './demand.ts';

/**
 * The rules of aktualizr-lite's own engine (restorableappengine.cc): each App is looked at alone, right before it is pulled, when
 * those before it were downloaded, but nothing of them is unpacked. `fs_block_size` is never read, and nothing is rounded.
 */
export function aktualizrLiteDemands(
  apps: readonly AppLayers[],
  installed: ReadonlySet<Digest>,
  oneVolume: boolean,
): Demands {
  const present = new Set(installed);
  const demands: Demand[] = [];
  const estimates: Estimate[] = [];
  let downloaded = 0;
  for (const { app, layers, without } of apps) {
    if (app.archive !== undefined && !present.has(app.archive.digest)) {
      const { size } = app.archive;
      // An archive is taken to unpack to no more than three times its size.
      demands.push({ place: 'store', bytes: sum([downloaded, product(size, 3)]) });
      downloaded = sum([downloaded, size]);
    }
    const missing = layers.filter(({ digest }) => !present.has(digest));
    const { store, docker } = costOf(missing);
    downloaded = sum([downloaded, store]);
    demands.push({ place: 'store', bytes: downloaded });
    demands.push({ place: 'docker', bytes: oneVolume ? sum([downloaded, docker]) : docker });
    if (!isMeasured(missing)) estimates.push(estimateOf(app.name, missing, without));
    for (const { digest } of missing) present.add(digest);
  }
  return { demands, estimates, notes: notesOf(apps, installed, estimates.length > 0) };
}

const isMeasured = (missing: readonly FitLayer[]): boolean =>
  missing.every(({ meta }) => meta !== undefined);

// Where one layer has no measurement, none of the App's counts.
function costOf(missing: readonly FitLayer[]): { store: number; docker: number } {
  const store = sum(missing.map(({ archiveSize = 0 }) => archiveSize));
  const docker = isMeasured(missing)
    ? sum(missing.map(({ meta }) => meta?.usage ?? 0))
    : product(store, ratio);
  return { store, docker };
}

const estimateOf = (app: string, missing: readonly FitLayer[], without: string): Estimate => ({
  app,
  digests: missing.map(({ digest }) => digest),
  reason: `For all layers of ${app} ${ratio} times the compressed size counts, since ${without}.`,
});

function notesOf(
  apps: readonly AppLayers[],
  installed: ReadonlySet<Digest>,
  estimated: boolean,
): string[] {
  const missing = apps
    .flatMap(({ layers }) => layers)
    .filter(({ digest, archiveSize }) => archiveSize === undefined && !installed.has(digest));
  const sizeless = new Set(missing.map(({ digest }) => digest)).size;
  return [
    sizeless > 0 &&
      `Nothing says how large the blobs of ${layersIn(sizeless)} are: as in aktualizr-lite they count nothing.`,
    estimated &&
      'aktualizr-lite itself estimates only an App whose manifest lists its layers in the older form; any other it pulls without a check.',
  ].filter((note) => note !== false);
}
