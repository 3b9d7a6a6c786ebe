import type { Done } from './world.ts';

/** What a job was told, as it was. */
export interface Sighting extends Done {
  readonly method: string;
  readonly path: string;
}

/** What each job was told of each path. */
export interface Sightings {
  note(job: string, sighting: Sighting): void;
  /** All, whether asked for with GET or with HEAD. */
  of(job: string, path: string): readonly Sighting[];
  /** All that was asked for with GET. */
  reads(job: string, path: string): readonly Sighting[];
}

export function createSightings(): Sightings {
  const seen = new Map<string, readonly Sighting[]>();
  const all = (job: string, path: string): readonly Sighting[] => seen.get(`${job} ${path}`) ?? [];
  return {
    note(job, sighting) {
      const { method, path } = sighting;
      if (method !== 'GET' && method !== 'HEAD') return;
      seen.set(`${job} ${path}`, [...all(job, path), sighting]);
    },
    of: all,
    reads: (job, path) => all(job, path).filter(({ method }) => method === 'GET'),
  };
}
