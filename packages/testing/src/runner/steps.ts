import type { Frame } from './frame.ts';
import type { JobState } from './job-state.ts';
import type { StepResult } from './result.ts';
import { runStep } from './step.ts';
import { createStepLog, type StepLog } from './step-log.ts';
import { sourceName } from './step-name.ts';
import type { StepSpec } from './workflow.ts';

/** Runs the steps of a job, one after the other. */
export async function runSteps(
  job: JobState,
  frame: Frame,
  specs: readonly StepSpec[],
): Promise<void> {
  for (const [index, spec] of specs.entries()) {
    await recordStep(job, sourceName(spec), (log) => runStep(job, frame, { spec, index, log }));
  }
}

/** Runs something as a step of the job: with a log, events, and a place among the results. */
export async function recordStep(
  job: JobState,
  name: string,
  run: (log: StepLog) => Promise<StepResult>,
): Promise<void> {
  const { emit } = job.host;
  const at = { job: job.leg.name, step: name };
  emit({ type: 'step-started', ...at });
  const onLine = (line: string): void => emit({ type: 'log', ...at, line });
  const result = await run(createStepLog({ masker: job.masker, debug: job.isDebug, onLine }));
  job.results.push(result);
  emit({ type: 'step-finished', ...at, conclusion: result.conclusion });
}
