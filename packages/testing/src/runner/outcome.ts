import type { JsonObject } from './json.ts';
import type { Conclusion, JobResult } from './result.ts';

/** How one leg of a job ended. */
export interface LegOutcome {
  readonly index: number;
  readonly conclusion: Conclusion;
  /** Whether `continue-on-error` keeps its failure from counting. */
  readonly isForgiven: boolean;
  readonly outputs: Readonly<Record<string, string>>;
  /** What it ran: a job, or the jobs of a called workflow. */
  readonly jobs: readonly JobResult[];
  readonly called: WorkflowOutcome | undefined;
}

/** How a job, all its legs together, ended. */
export interface JobOutcome {
  readonly id: string;
  readonly result: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** In the order in which they finished. */
  readonly legs: readonly LegOutcome[];
  /** The results of all jobs that this one needed, directly or not. */
  readonly ancestors: ReadonlyMap<string, Conclusion>;
  /** Whether anything of it ran in this attempt. */
  readonly isNew: boolean;
}

/** How the jobs of a workflow ended, by id. */
export type WorkflowOutcome = ReadonlyMap<string, JobOutcome>;

/** The one result that other jobs see of several legs. */
export function combineResults(legs: readonly LegOutcome[]): Conclusion {
  const counted = legs.map(({ conclusion, isForgiven }) => (isForgiven ? 'success' : conclusion));
  if (counted.includes('failure')) {
    return 'failure';
  }
  if (counted.includes('cancelled')) {
    return 'cancelled';
  }
  return counted.every((conclusion) => conclusion === 'skipped') ? 'skipped' : 'success';
}

/** The outputs of several legs: of each, the value of the last to finish that had one. */
export const mergeOutputs = (legs: readonly LegOutcome[]): Record<string, string> =>
  Object.assign({}, ...legs.map(({ outputs }) => nonEmpty(outputs)));

const nonEmpty = (outputs: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(outputs).filter(([, value]) => value !== ''));

/** The `needs` context, or `jobs` for the outputs of a called workflow. */
export const resultsContext = (outcomes: Iterable<JobOutcome>): JsonObject =>
  Object.fromEntries(
    [...outcomes].map(({ id, result, outputs }) => [id, { result, outputs: { ...outputs } }]),
  );

/** All jobs that ran, those of called workflows too, in the order of the file, then of finishing. */
export const allJobs = (outcome: WorkflowOutcome): JobResult[] =>
  [...outcome.values()].flatMap(({ legs }) =>
    legs.flatMap((leg) => (leg.called === undefined ? leg.jobs : allJobs(leg.called))),
  );
