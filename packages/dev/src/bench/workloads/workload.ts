import type { Client } from '../clients/client.ts';
import type { Measurement } from '../measurement.ts';
import type { CaseName } from '../options.ts';
import type { Place } from '../place.ts';

/** Every piece of work that has its own lines in the tables. */
export const titles = {
  'a-empty': '(a) 8 layers of 1 MiB and a config, into an empty repository',
  'a-other': '(a) the same, into a repository with other content',
  'b-same': '(b) the same manifest again',
  'b-manifest': '(b) all blobs there, but a new manifest',
  c: '(c) all blobs in another repository of the registry',
  'd-leg': '(d) one leg: a manifest of 15 files of 0 to 60 kB',
  'd-legs': '(d) 28 such legs, 8 processes at a time',
  'd-index': '(d) the index of the 28',
  'e-file': '(e) one blob of 1 GiB, a file',
  'e-layer': '(e) one blob of 1 GiB, the layer of an image',
  f: '(f) one blob of 4 GiB, a sparse file',
} as const;

export type WorkName = keyof typeof titles;
export const workNames = Object.keys(titles).filter((name): name is WorkName => name in titles);

/** One turn of one client: what each piece of its work took. Nothing where the client cannot do it. */
export type Turn = (
  client: Client,
  place: Place,
) => Promise<Partial<Record<WorkName, Measurement>>>;

/** Work that is done and reported together. */
export interface Workload {
  readonly case: CaseName;
  /** Also says what the registry has before each turn: nothing, or what other turns left. */
  readonly isLarge: boolean;
  /** Makes what all turns share in a folder. */
  readonly open: (folder: string) => Promise<Turn>;
}
