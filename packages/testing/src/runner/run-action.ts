import { openJob } from './job-state.ts';
import type { AttemptOptions } from './options.ts';
import { runPostSteps, runPreSteps } from './post-steps.ts';
import type { Annotation, Conclusion, StepResult } from './result.ts';
import { openRunBase, type RunBaseOptions } from './run-base.ts';
import { type SingleLegOptions, singleLeg } from './single-leg.ts';
import { runSteps } from './steps.ts';
import type { StepSpec } from './workflow.ts';

/** One action to run, as a step of a job that has no other. */
export interface RunActionOptions extends RunBaseOptions, AttemptOptions, SingleLegOptions {
  /** The folder of the action in the checkout, such as `actions/push-blobs`; `.` for the root's. */
  readonly action: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly attempt?: number;
}

/** What the action did, its post script included. */
export interface ActionResult {
  /** Of its main script; 1 when that could not be started. */
  readonly exitCode: number;
  readonly conclusion: Conclusion;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  readonly annotations: readonly Annotation[];
  readonly log: string;
  /** Every script of the action that ran, in order. */
  readonly steps: readonly StepResult[];
}

/** The run that calls without a run id are jobs of, so that those with one service share artifacts. */
const defaultRunId = 4_200_000_001;

/** Runs an action of the checkout where it lies, exactly as a step of a job would. */
export async function runAction(options: RunActionOptions): Promise<ActionResult> {
  const { action, checkout, attempt = 1, env = {}, runId = defaultRunId } = options;
  await using base = await openRunBase({ ...options, runId });
  const host = {
    ...base.host(attempt, { ...options, since: 1 }),
    snapshot: () => Promise.resolve(checkout),
  };
  const spec: StepSpec = {
    id: 'action',
    name: undefined,
    condition: 'success()',
    env: undefined,
    continueOnError: undefined,
    timeoutMinutes: undefined,
    work: { kind: 'uses', ref: `$/${action}`, with: options.with ?? {} },
  };
  await using job = await openJob(host, singleLeg(host, [spec], { ...options, env }));

  await runPreSteps(job);
  await runSteps(job, job.frame, [spec]);
  await runPostSteps(job);

  const main = job.results.find(({ id }) => id === 'action');
  return {
    exitCode: main?.exitCode ?? 1,
    conclusion: job.frame.hasFailed ? 'failure' : 'success',
    outputs: main?.outputs ?? {},
    summary: job.results.map(({ summary }) => summary).join(''),
    annotations: job.results.flatMap(({ annotations }) => annotations),
    log: job.results.map(({ log }) => log).join(''),
    steps: job.results,
  };
}
