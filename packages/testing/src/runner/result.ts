import type { JsonObject } from './json.ts';

/** How a job or a step ended. */
export type Conclusion = 'success' | 'failure' | 'cancelled' | 'skipped';

/** A message that GitHub shows on the page of a run. */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice';
  readonly message: string;
  readonly title?: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
}

/** What a step of a job did. */
export interface StepResult {
  /** The id in the workflow; empty when it has none. */
  readonly id: string;
  readonly name: string;
  /** The result before `continue-on-error`. */
  readonly outcome: Conclusion;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the page of the run shows, secrets masked. */
  readonly log: string;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  /** The exit code of its last process; undefined when none ran. */
  readonly exitCode: number | undefined;
}

/** What a job, or a leg of a matrix, did. */
export interface JobResult {
  /** The job's id; for a job of a called workflow, `caller/job`. */
  readonly id: string;
  /** The name as GitHub shows it, such as `push (kvm, amd64)`. */
  readonly name: string;
  readonly matrix: JsonObject | null;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly steps: readonly StepResult[];
  readonly annotations: readonly Annotation[];
  /** The attempt that ran it: earlier than the run's when a re-run kept it. */
  readonly attempt: number;
  readonly checkRunId: number;
}

/** What happens in a run, as it happens. */
export type RunEvent =
  | { readonly type: 'job-queued' | 'job-started'; readonly job: string }
  | { readonly type: 'job-finished'; readonly job: string; readonly conclusion: Conclusion }
  | { readonly type: 'step-started'; readonly job: string; readonly step: string }
  | {
      readonly type: 'step-finished';
      readonly job: string;
      readonly step: string;
      readonly conclusion: Conclusion;
    }
  | {
      readonly type: 'log';
      readonly job: string;
      readonly step: string;
      readonly line: string;
    };
