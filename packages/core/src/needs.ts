import * as z from 'zod/mini';
import { MatrixError } from './error.ts';
import { type LegRecord, looksLikeRecord, parseRecord } from './record.ts';

const needsSchema = z.record(
  z.string(),
  z.object({ result: z.string(), outputs: z._default(z.record(z.string(), z.string()), {}) }),
);

export interface FailedJob {
  /** Its id in the workflow file. */
  readonly job: string;
  readonly result: string;
}

/** What `toJSON(needs)` says: the records in the outputs of the jobs, and the jobs that did not succeed. */
export interface Needs {
  readonly records: readonly LegRecord[];
  readonly failed: readonly FailedJob[];
}

/** Reads `${{ toJSON(needs) }}`. */
export function parseNeeds(json: string): Needs {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    throw invalid('it is not JSON');
  }
  const parsed = needsSchema.safeParse(value);
  if (!parsed.success) throw invalid(`${parsed.error.issues[0]?.path.join('.')} has another shape`);

  const jobs = Object.entries(parsed.data);
  return {
    records: jobs.flatMap(([job, { outputs }]) =>
      Object.entries(outputs)
        .filter(([, text]) => looksLikeRecord(text))
        .map(([key, text]) => parseRecord(text, `needs.${job}.outputs.${key}`)),
    ),
    failed: jobs
      .filter(([, { result }]) => result === 'failure' || result === 'cancelled')
      .map(([job, { result }]) => ({ job, result })),
  };
}

const invalid = (reason: string): MatrixError =>
  new MatrixError('INPUT_INVALID', `needs cannot be read: ${reason}`, {
    hint: 'Write it as: needs: $' + '{{ toJSON(needs) }}',
  });
