import type { FitEngine } from './app.ts';
import type { Demand, Place } from './demand.ts';
import type { Freed, VolumeName, VolumeVerdict } from './verdict.ts';
import { availableOn, type Reserve, type Volume, type Volumes } from './volume.ts';

export interface VolumeOptions {
  readonly volumes: Volumes;
  readonly reserve: Reserve;
  readonly engine: FitEngine;
}

/** Each volume, and what is asked of it: the most that any demand asks, since each is met alone. */
export function volumeVerdicts(
  demands: readonly Demand[],
  options: VolumeOptions,
  freed: Freed = { bytes: {}, inodes: {} },
): VolumeVerdict[] {
  const { store, docker } = options.volumes;
  const verdict = (name: VolumeName, volume: Volume, asked: readonly Demand[]): VolumeVerdict => {
    const required = Math.max(0, ...asked.map(({ bytes }) => bytes));
    const available = availableOn(volume, options.reserve, options.engine, freed.bytes[name]);
    const shortBy = Math.max(0, required - available);
    const inodes = inodesOf(volume, asked, freed.inodes[name]);
    const fits = shortBy === 0 && (inodes?.shortBy ?? 0) === 0;
    return { volume: name, required, available, shortBy, fits, ...(inodes && { inodes }) };
  };
  if (docker === undefined) return [verdict('disk', store, demands)];
  const at = (place: Place): Demand[] => demands.filter((demand) => demand.place === place);
  return [verdict('store', store, at('store')), verdict('docker', docker, at('docker'))];
}

function inodesOf(
  { inodesFree }: Volume,
  demands: readonly Demand[],
  freed = 0,
): VolumeVerdict['inodes'] {
  const counted = demands.map(({ inodes }) => inodes).filter((inodes) => inodes !== undefined);
  if (inodesFree === undefined || counted.length === 0) return undefined;
  const required = Math.max(...counted);
  const available = inodesFree + freed;
  return { required, available, shortBy: Math.max(0, required - available) };
}
