import type { Action, CompositeRuns } from './action.ts';
import { actionInputs } from './action-inputs.ts';
import { createFrame } from './frame.ts';
import { stepScope } from './scope.ts';
import { runStep } from './step.ts';
import type { StepRun, WorkDone } from './step-run.ts';
import { evaluateText } from './template.ts';

/** Runs the steps of a composite action, in a frame of their own and into the log of the one step. */
export async function runComposite(
  step: StepRun,
  action: Action,
  runs: CompositeRuns,
): Promise<WorkDone> {
  const { job, log, environment, overlay, signal } = step;
  const inputs = actionInputs(step, action);
  const frame = createFrame({ directory: action.directory, inputs }, overlay, signal);
  let summary = '';
  for (const [index, spec] of runs.steps.entries()) {
    const result = await runStep(job, frame, { spec, index, log });
    summary += result.summary;
  }
  const scope = stepScope(job, frame, environment);
  const outputs = action.outputs.map(({ name, value }) => [name, evaluateText(value, scope)]);
  return { succeeded: !frame.hasFailed, outputs: Object.fromEntries(outputs), summary };
}
