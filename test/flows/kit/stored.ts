import { backendIdOf, type ResultsService, zipOf } from '@oci-matrix/testing';

/** An artifact that somebody stored in a run, whatever it holds. */
export interface Stored {
  /** The id of the run; of the repository `acme/app`. */
  readonly run: number;
  readonly name: string;
  /** What is in `record.json`. */
  readonly record: unknown;
  readonly attempt?: number;
}

/** Stores what looks like the record of a leg. */
export const storeRecord = (
  service: ResultsService,
  { run, name, record, attempt = 1 }: Stored,
): Promise<number> =>
  service.seed({
    run: backendIdOf('acme/app', run),
    name,
    attempt,
    content: zipOf({
      'record.json': typeof record === 'string' ? record : JSON.stringify(record),
    }),
  });
