import { runCheckout } from './checkout.ts';
import { runComposite } from './composite.ts';
import { messageOf } from './error.ts';
import { evaluateCondition } from './expressions.ts';
import { findAction } from './find-action.ts';
import type { Frame } from './frame.ts';
import type { JobState } from './job-state.ts';
import { runNodeAction } from './node-action.ts';
import { isCheckout } from './references.ts';
import type { Conclusion, StepResult } from './result.ts';
import { stepScope, stepSignal } from './scope.ts';
import { runScriptStep } from './script-step.ts';
import type { StepLog } from './step-log.ts';
import { fallbackName, sourceName, stepKey } from './step-name.ts';
import type { StepRun, WorkDone } from './step-run.ts';
import { evaluateText, evaluateTexts } from './template.ts';
import type { StepSpec } from './workflow.ts';

/** A step to run, and where its log goes. */
export interface StepToRun {
  readonly spec: StepSpec;
  readonly index: number;
  readonly log: StepLog;
}

const nothing: WorkDone = { succeeded: false, outputs: {}, summary: '' };

/** Runs one step if its condition holds, and tells its frame how it ended. */
export async function runStep(
  job: JobState,
  frame: Frame,
  { spec, index, log }: StepToRun,
): Promise<StepResult> {
  const wasCancelled = job.signal.aborted;
  let done: WorkDone = nothing;
  let outcome: Conclusion = 'failure';
  let name = sourceName(spec);
  let conclusion: Conclusion = 'failure';
  try {
    const step = prepareStep(job, frame, spec, log);
    name = step.name;
    if (!evaluateCondition(spec.condition, step.scope)) {
      outcome = 'skipped';
    } else {
      done = await workWithin(step, index);
      outcome = outcomeOf(done, job.signal.aborted && !wasCancelled);
    }
    const isForgiven = outcome === 'failure' && mayFail(step);
    conclusion = isForgiven ? 'success' : outcome;
  } catch (error) {
    log.annotate({ level: 'error', message: messageOf(error) });
  }
  frame.hasFailed ||= conclusion === 'failure';
  const { outputs, summary, exitCode } = done;
  if (spec.id !== '') {
    frame.steps.set(spec.id, { outputs, outcome, conclusion });
  }
  const texts = { log: log.text(), annotations: log.annotations };
  return { id: spec.id, name, outcome, conclusion, outputs, summary, exitCode, ...texts };
}

/** Evaluates what a step needs before its condition: its variables, which the condition may use. */
function prepareStep(job: JobState, frame: Frame, spec: StepSpec, log: StepLog): StepRun {
  const outer = { ...Object.fromEntries(job.environment), ...frame.overlay };
  const overlay = {
    ...frame.overlay,
    ...evaluateTexts(spec.env, stepScope(job, frame, outer)),
  };
  const environment = { ...outer, ...overlay };
  const scope = stepScope(job, frame, environment);
  return {
    job,
    frame,
    spec,
    log,
    environment,
    overlay,
    scope,
    key: stepKey(frame, spec),
    name: spec.name === undefined ? fallbackName(spec) : evaluateText(spec.name, scope),
    signal: frame.signal ?? stepSignal(job),
  };
}

async function workWithin(step: StepRun, index: number): Promise<WorkDone> {
  const { job, spec, scope, log, name } = step;
  const { leg, host } = job;
  const point = { id: leg.path, name: leg.name, matrix: leg.contexts.matrix };
  const { attempt } = host;
  const isOwn = step.frame.action === undefined;
  if (isOwn && host.shouldFail({ job: point, step: { id: spec.id, name, index }, attempt })) {
    log.annotate({ level: 'error', message: 'this step was told to fail, and did not run' });
    return nothing;
  }
  const minutes = Number(evaluateText(spec.timeoutMinutes, scope) || '0');
  if (minutes === 0) {
    return work(step);
  }
  const deadline = AbortSignal.timeout(minutes * host.minute);
  const done = await work({ ...step, signal: AbortSignal.any([step.signal, deadline]) });
  if (!deadline.aborted) {
    return done;
  }
  log.annotate({ level: 'error', message: `${name} took longer than ${minutes} minutes` });
  return { ...done, succeeded: false };
}

async function work(step: StepRun): Promise<WorkDone> {
  const { work } = step.spec;
  if (work.kind === 'run') {
    return runScriptStep(step, work);
  }
  if (isCheckout(work.ref)) {
    return runCheckout(step);
  }
  const action = await findAction(step.job, work.ref);
  return action.runs.kind === 'node'
    ? runNodeAction(step, action, action.runs)
    : runComposite(step, action, action.runs);
}

const outcomeOf = ({ succeeded }: WorkDone, isCancelled: boolean): Conclusion => {
  if (succeeded) {
    return 'success';
  }
  return isCancelled ? 'cancelled' : 'failure';
};

const mayFail = ({ spec, scope }: StepRun): boolean =>
  evaluateText(spec.continueOnError, scope) === 'true';
