import { MatrixError } from '../../error.ts';
import { product } from './amount.ts';
import type { FitEngine } from './app.ts';

/** A file system, as `statvfs` tells of it. */
export interface Volume {
  /** In bytes. */
  readonly blockSize: number;
  readonly blocks: number;
  /** Free blocks. Engines that run as root may use those that are reserved for root, too. */
  readonly free: number;
  /** Free inodes, where they are to be looked at. */
  readonly inodesFree?: number | undefined;
}

/** Where blobs are kept, and where Docker unpacks them: the same volume unless a second one is given. */
export interface Volumes {
  readonly store: Volume;
  readonly docker?: Volume | undefined;
}

/** What an update must leave alone: bytes, or all above a percentage of the volume; bytes win. */
export interface Reserve {
  /** The percentage of the volume that may be in use afterwards. */
  readonly watermark: number;
  /** In bytes. */
  readonly reserve?: number | undefined;
}

// From aktualizr-lite's restorableappengine.h and composectl's options; nothing but sense bounds the last.
const watermarks: Readonly<Record<FitEngine, readonly [least: number, most: number]>> = {
  'aktualizr-lite': [20, 95],
  composectl: [20, 99],
  strict: [1, 100],
};

/** Throws `INPUT_INVALID` where the engine would not take the watermark; with `reserve` it is not looked at. */
export function refuseWatermark({ watermark, reserve }: Reserve, engine: FitEngine): void {
  const [least, most] = watermarks[engine];
  if (reserve !== undefined || (watermark >= least && watermark <= most)) return;
  throw new MatrixError(
    'INPUT_INVALID',
    `a watermark of ${watermark} is nothing that ${engine} takes: it is from ${least} to ${most}`,
    { hint: 'Set "watermark" to what the device has, or give "reserve" in bytes.' },
  );
}

/** Throws `INPUT_INVALID` for numbers that no file system has. */
export function refuseVolume({ blockSize, blocks, free }: Volume, name: string): void {
  product(blockSize, blocks, `the size of the ${name} volume`);
  if (free <= blocks) return;
  throw new MatrixError(
    'INPUT_INVALID',
    `the ${name} volume has ${free} free blocks of ${blocks}, which is more than all`,
    { hint: 'Take all numbers from one call of stat -f.' },
  );
}

/** The bytes that an update may take, when so many more are free; in the arithmetic of the engine. */
export function availableOn(
  volume: Volume,
  reserve: Reserve,
  engine: FitEngine,
  freed = 0,
): number {
  const free = volume.blockSize * volume.free + freed;
  return Math.max(0, free - reservedOn(volume, reserve, engine));
}

// Both engines compute with doubles, as this does: 7 % of 100 blocks are 8 blocks in the one, and 7 in the other.
function reservedOn(
  { blockSize, blocks }: Volume,
  { watermark, reserve }: Reserve,
  engine: FitEngine,
): number {
  if (reserve !== undefined) return reserve;
  const part = (100 - watermark) / 100;
  return engine === 'composectl'
    ? Math.trunc(part * (blockSize * blocks))
    : blockSize * Math.ceil(blocks * part);
}
