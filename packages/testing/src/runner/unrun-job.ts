import type { RunHost } from './host.ts';
import type { JsonObject } from './json.ts';
import type { LegOutcome } from './outcome.ts';
import type { Conclusion, JobResult } from './result.ts';

/** A job of which no step ran, and why. */
export interface UnrunJob {
  readonly id: string;
  readonly name: string;
  readonly matrix: JsonObject | null;
  readonly index: number;
  readonly conclusion: Conclusion;
  /** What kept it from running, when that is an error. */
  readonly message?: string;
}

/** The outcome of a job that was skipped, cancelled, or could not be started. */
export function unrunLeg(
  host: RunHost,
  { id, name, matrix, index, conclusion, message }: UnrunJob,
): LegOutcome {
  const job: JobResult = {
    id,
    name,
    matrix,
    conclusion,
    outputs: {},
    steps: [],
    annotations: message === undefined ? [] : [{ level: 'error', message }],
    attempt: host.attempt,
    checkRunId: host.nextCheckRunId(),
  };
  host.emit({ type: 'job-finished', job: name, conclusion });
  return { index, conclusion, isForgiven: false, outputs: {}, jobs: [job], called: undefined };
}
