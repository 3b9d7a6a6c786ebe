import { MatrixError } from '../../error.ts';
import type { LayerStore } from '../../layers-meta/layers-meta.ts';
import { aktualizrLiteDemands } from './aktualizr-lite.ts';
import type { App, FitEngine, Installed } from './app.ts';
import { type AppLayers, appLayers } from './app-layers.ts';
import { freedBy, type NamedImages } from './clean-up.ts';
import { composectlDemands } from './composectl.ts';
import type { Demands } from './demand.ts';
import { blindnessGaps, passingGap } from './gaps.ts';
import { missingLayers } from './missing-layers.ts';
import { strictDemands } from './strict.ts';
import type { FitVerdict } from './verdict.ts';
import { type Reserve, refuseVolume, refuseWatermark, type Volumes } from './volume.ts';
import { volumeVerdicts } from './volume-verdicts.ts';

export interface CheckFitOptions {
  /** What an update brings, in the order in which the device pulls it. */
  readonly apps: readonly App[];
  /** As Go calls it, with a variant behind a slash where one is meant: `amd64`, `arm/v7`. */
  readonly architecture: string;
  readonly installed: Installed;
  readonly volumes: Volumes;
  readonly reserve: Reserve;
  readonly engine: FitEngine;
  /** What keeps the unpacked layers. Only `strict` looks at it. */
  readonly store: LayerStore;
  /** What a clean-up would remove. It is installed. */
  readonly cleanUp?: NamedImages | undefined;
}

/**
 * Whether an update fits on a device, by the rules of the engine that decides there. Throws `INPUT_INVALID` for what no device
 * has, and where nothing says which layers an App has.
 */
export function checkFit(given: CheckFitOptions): FitVerdict {
  refuse(given);
  const options = withCleanUp(given);
  const { architecture, engine, installed, cleanUp } = options;
  const apps = options.apps.map((app) => appLayers(app, architecture, engine));
  const { demands, passing, estimates, notes } = demandsOf(apps, options);
  const volumes = volumeVerdicts(demands, options);
  const fits = volumes.every((volume) => volume.fits);
  const freed = cleanUp && freedBy(cleanUp, apps, options);
  const after = freed && volumeVerdicts(demands, options, freed);
  return {
    engine,
    fits,
    volumes,
    missing: missingLayers(apps, installed),
    estimates,
    notes,
    gaps: fits ? [...passingGap(volumes, passing), ...engineGaps(options)] : [],
    ...(freed && { cleanUp: { ...freed, fits: after?.every((volume) => volume.fits) ?? fits } }),
  };
}

function refuse({ apps, volumes: { store, docker }, reserve, engine }: CheckFitOptions): void {
  if (apps.length === 0) throw new MatrixError('INPUT_INVALID', 'nothing was named that could fit');
  refuseWatermark(reserve, engine);
  refuseVolume(store, docker === undefined ? 'disk' : 'store');
  if (docker !== undefined) refuseVolume(docker, 'docker');
}

function withCleanUp(options: CheckFitOptions): CheckFitOptions {
  const { cleanUp, architecture, installed } = options;
  if (cleanUp === undefined) return options;
  const layers = cleanUp.images.flatMap((image) => appLayers(image, architecture, 'strict').layers);
  const digests = new Set([...installed.digests, ...layers.map(({ digest }) => digest)]);
  return { ...options, installed: { ...installed, digests } };
}

function demandsOf(apps: readonly AppLayers[], options: CheckFitOptions): Demands {
  const { engine, installed, store, volumes } = options;
  const oneVolume = volumes.docker === undefined;
  if (engine === 'aktualizr-lite') return aktualizrLiteDemands(apps, installed.digests, oneVolume);
  const first = volumes.store.blockSize;
  if (engine === 'composectl') return composectlDemands(apps, installed.digests, first);
  const blockSizes = { store: first, docker: volumes.docker?.blockSize ?? first };
  return strictDemands(apps, { installed, blockSizes, store, oneVolume });
}

function engineGaps({ cleanUp: _, ...options }: CheckFitOptions): readonly string[] {
  const { engine } = options;
  if (engine === 'strict') return [];
  return blindnessGaps(engine, checkFit({ ...options, engine: 'strict' }));
}
