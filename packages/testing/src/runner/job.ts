import { finishJob } from './finish-job.ts';
import type { RunHost } from './host.ts';
import type { JobContexts } from './job-context.ts';
import { openJob } from './job-state.ts';
import { runPostSteps, runPreSteps } from './post-steps.ts';
import type { JobResult } from './result.ts';
import { runSteps } from './steps.ts';
import type { StepsJob, Workflow } from './workflow.ts';

/** A job about to run: one leg of a matrix, or a job without one. */
export interface Leg {
  readonly spec: StepsJob;
  readonly workflow: Workflow;
  /** Its id, with those of the jobs that called its workflow. */
  readonly path: string;
  readonly name: string;
  readonly contexts: JobContexts;
  readonly workflowEnv: Readonly<Record<string, string>>;
  readonly mayAskForIdTokens: boolean;
  /** Cancels it. */
  readonly signal: AbortSignal;
  /** A folder to work in, instead of a fresh one. */
  readonly workspace?: string | undefined;
}

/** Runs a job on a machine of its own: a fresh workspace, a fresh home, its own token. */
export async function runJob(host: RunHost, leg: Leg): Promise<JobResult> {
  host.emit({ type: 'job-started', job: leg.name });
  await using job = await openJob(host, leg);

  await runPreSteps(job);
  await runSteps(job, job.frame, leg.spec.steps);
  await runPostSteps(job);

  const result = finishJob(job);
  host.emit({ type: 'job-finished', job: leg.name, conclusion: result.conclusion });
  return result;
}
