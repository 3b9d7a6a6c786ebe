import { type Digest, digestOf } from '@oci-matrix/oci';
import type { LayerMeta, PlatformLayersMeta } from '../../layers-meta/layers-meta.ts';
import type { App, Installed } from './app.ts';
import { type CheckFitOptions, checkFit } from './check-fit.ts';
import type { FitVerdict, VolumeVerdict } from './verdict.ts';

/** The digest of a blob that stands for itself. */
export const blob = (name: string): Digest => digestOf(name);

/** What was measured of layers, by their names. */
export const metaOf = (
  layers: Readonly<Record<string, LayerMeta>>,
  more: Partial<PlatformLayersMeta> = {},
): PlatformLayersMeta => ({
  fs_block_size: 4096,
  layers: Object.fromEntries(
    Object.entries(layers).map(([name, layer]): [Digest, LayerMeta] => [blob(name), layer]),
  ),
  ...more,
});

/** An App of which its metadata is all that is known. */
export const appOf = (
  layers: Readonly<Record<string, LayerMeta>>,
  more: Partial<PlatformLayersMeta> = {},
  name = 'the App',
): App => ({ name, document: { amd64: metaOf(layers, more) } });

/** The layers of a published sample. */
export const sample = {
  a: { size: 0, usage: 20_562, archive_size: 32 },
  b: { size: 32, usage: 33_243, archive_size: 230 },
  c: { size: 4, usage: 41_279, archive_size: 156 },
  d: { size: 4_206_620, usage: 4_781_861, archive_size: 2_107_173 },
} as const;

export const installed = (...names: readonly string[]): Installed => ({
  digests: new Set(names.map(blob)),
  diffIds: new Set(),
});

/** Checks on a disk of so many bytes, all of them free, with nothing to spare for anybody. */
export function check(
  apps: readonly App[],
  bytes: number,
  more: Partial<CheckFitOptions> = {},
): FitVerdict {
  return checkFit({
    apps,
    architecture: 'amd64',
    installed: installed(),
    volumes: { store: { blockSize: 1, blocks: bytes, free: bytes } },
    reserve: { watermark: 80, reserve: 0 },
    engine: 'aktualizr-lite',
    store: 'overlay2',
    ...more,
  });
}

/** The verdict on one volume. */
export function volumeOf({ volumes }: FitVerdict, name?: string): VolumeVerdict {
  const found = volumes.find(({ volume }) => name === undefined || volume === name);
  if (found === undefined) throw new Error(`there is no volume ${name}`);
  return found;
}

/** What is asked of the first volume, in bytes. */
export const requiredBy = (
  apps: readonly App[],
  more: Partial<CheckFitOptions> = {},
  volume?: string,
): number => volumeOf(check(apps, 2 ** 50, more), volume).required;

/** Two disks of so many bytes. */
export const twoVolumes = (store: number, docker: number, blockSize = 1) => ({
  store: { blockSize, blocks: store / blockSize, free: store / blockSize },
  docker: { blockSize, blocks: docker / blockSize, free: docker / blockSize },
});
