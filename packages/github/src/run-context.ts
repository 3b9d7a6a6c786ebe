import type { Log } from './log.ts';
import type { Secrets } from './secrets.ts';

/** The workflow run, as https://docs.github.com/en/actions/reference/workflows-and-actions/variables names it; empty or 0 outside of one. */
export interface WorkflowRun {
  readonly id: number;
  readonly number: number;
  /** From 1. */
  readonly attempt: number;
  /** The job's id in the workflow file; the same for all legs. */
  readonly job: string;
  readonly commit: string;
  /** `owner/name`. */
  readonly repository: string;
  readonly serverUrl: string;
  readonly workflow: string;
  /** `refs/heads/main`, for example. */
  readonly ref: string;
}

/** What surrounds a run of an action. */
export interface RunContext {
  /** Aborted when the job is cancelled, and after `timeout-minutes`. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly secrets: Secrets;
  /** Adds Markdown to the summary of the step, also of one that fails later. */
  summarise(markdown: string): Promise<void>;
  readonly run: WorkflowRun;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export const workflowRun = (env: RunContext['env']): WorkflowRun => ({
  id: Number(env.GITHUB_RUN_ID ?? 0),
  number: Number(env.GITHUB_RUN_NUMBER ?? 0),
  attempt: Number(env.GITHUB_RUN_ATTEMPT ?? 1),
  job: env.GITHUB_JOB ?? '',
  commit: env.GITHUB_SHA ?? '',
  repository: env.GITHUB_REPOSITORY ?? '',
  serverUrl: env.GITHUB_SERVER_URL ?? '',
  workflow: env.GITHUB_WORKFLOW ?? '',
  ref: env.GITHUB_REF ?? '',
});
