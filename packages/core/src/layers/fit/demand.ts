import type { Digest } from '@oci-matrix/oci';

/** Two kinds of places, which may be one volume: where blobs are kept, and where Docker unpacks them. */
export type Place = 'store' | 'docker';

/** Something that an engine wants to be free on a volume before it goes on. It is met alone, or not. */
export interface Demand {
  readonly place: Place;
  /** In bytes; with what the Apps before it took. */
  readonly bytes: number;
  /** As many new files; undefined where the engine does not look at inodes. */
  readonly inodes?: number;
}

/** What an engine goes by, and what it does not know. */
export interface Demands {
  readonly demands: readonly Demand[];
  /** Bytes that Docker may need for a time, beside what is demanded. */
  readonly passing?: number;
  /** Layers without a measurement: an estimate stands for them. */
  readonly estimates: readonly Estimate[];
  /** What a reader should know of the numbers; sentences. */
  readonly notes: readonly string[];
}

/** Where a number rests on a guess. */
export interface Estimate {
  readonly app: string;
  readonly digests: readonly Digest[];
  /** A sentence. */
  readonly reason: string;
}

/** How many times its compressed size both engines take a layer to be: `average compression ratio` in their sources. */
export const ratio = 5;

/** `1 layer`, `2 layers`. */
export const layersIn = (count: number): string => `${count} layer${count === 1 ? '' : 's'}`;
