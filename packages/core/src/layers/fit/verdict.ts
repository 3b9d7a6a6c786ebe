import type { Digest } from '@oci-matrix/oci';
import type { FitEngine } from './app.ts';
import type { Estimate } from './demand.ts';

/** `disk` where store and Docker share one. */
export type VolumeName = 'disk' | 'store' | 'docker';

/** One volume: what the update asks of it, and what it can have. In bytes, but for the inodes. */
export interface VolumeVerdict {
  readonly volume: VolumeName;
  readonly required: number;
  readonly available: number;
  /** 0 exactly where the bytes fit. */
  readonly shortBy: number;
  /** Where the engine counts them, and the device says how many are free. */
  readonly inodes?: {
    readonly required: number;
    readonly available: number;
    readonly shortBy: number;
  };
  /** True where neither bytes nor inodes are short. */
  readonly fits: boolean;
}

/** A layer that the device does not have. */
export interface MissingLayer {
  readonly digest: Digest;
  /** The first that brings it. */
  readonly app: string;
  /** Of the blob, in bytes. */
  readonly archiveSize?: number;
  /** As measured, in bytes; absent where an estimate stands for it. */
  readonly usage?: number;
}

/** What a clean-up gives back on each volume. */
export interface Freed {
  readonly bytes: Readonly<Partial<Record<VolumeName, number>>>;
  readonly inodes: Readonly<Partial<Record<VolumeName, number>>>;
}

/** The answer of a device, before it pulls. */
export interface FitVerdict {
  readonly engine: FitEngine;
  readonly fits: boolean;
  /** One, or that of the store before that of Docker. */
  readonly volumes: readonly VolumeVerdict[];
  /** The largest first. */
  readonly missing: readonly MissingLayer[];
  readonly estimates: readonly Estimate[];
  /** What a reader should know of the numbers; sentences. */
  readonly notes: readonly string[];
  /** What may go wrong where the engine says yes; sentences. */
  readonly gaps: readonly string[];
  /** `fits` says whether the update does after the clean-up. */
  readonly cleanUp?: Freed & { readonly fits: boolean };
}

/** The volume that lacks most; where none lacks anything, the one with least to spare. */
export const tightest = ({ volumes }: Pick<FitVerdict, 'volumes'>): VolumeVerdict | undefined =>
  volumes.toSorted(
    (a, b) => b.shortBy - a.shortBy || a.available - a.required - (b.available - b.required),
  )[0];
