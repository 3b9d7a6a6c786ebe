import { join } from 'node:path';
import { inputVariables } from './action-inputs.ts';
import { messageOf } from './error.ts';
import { evaluateCondition } from './expressions.ts';
import { findAction } from './find-action.ts';
import { createFrame, type Frame } from './frame.ts';
import type { JobState } from './job-state.ts';
import { runScript } from './node-action.ts';
import { repositoryPath } from './references.ts';
import type { StepResult } from './result.ts';
import { stepScope, stepSignal } from './scope.ts';
import type { StepLog } from './step-log.ts';
import { fallbackName, stepKey } from './step-name.ts';
import { recordStep } from './steps.ts';
import { evaluateTexts } from './template.ts';
import type { StepSpec } from './workflow.ts';

/** A script of an action that runs before or after the steps of the job. */
export interface PostStep {
  readonly name: string;
  readonly spec: StepSpec;
  readonly frame: Frame;
  readonly key: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly inputs: Readonly<Record<string, string>>;
  readonly script: string;
  readonly condition: string;
}

/** Runs the `pre:` of every action that is not of the workspace: those GitHub never runs. */
export async function runPreSteps(job: JobState): Promise<void> {
  const frame = job.frame;
  // Every step is asked for its key, so that each gets the one it will have later.
  const scratch = createFrame();
  for (const spec of job.leg.spec.steps) {
    const key = stepKey(scratch, spec);
    if (spec.work.kind !== 'uses' || repositoryPath(spec.work.ref) === undefined) {
      continue;
    }
    if (spec.work.ref.startsWith('./')) {
      continue;
    }
    const action = await findAction(job, spec.work.ref).catch(() => undefined);
    if (action?.runs.kind !== 'node' || action.runs.pre === '') {
      continue;
    }
    const environment = Object.fromEntries(job.environment);
    const inputs = inputVariables(
      evaluateTexts(spec.work.with, stepScope(job, frame, environment)),
    );
    const script = join(action.directory, action.runs.pre);
    const condition = action.runs.preCondition;
    const name = `Pre ${fallbackName(spec)}`;
    await runAround(job, { name, spec, frame, key, environment, inputs, script, condition });
  }
}

/** Runs the `post:` of every action that ran, the last one first. */
export async function runPostSteps(job: JobState): Promise<void> {
  for (const post of job.posts.toReversed()) {
    await runAround(job, post);
  }
}

const runAround = (job: JobState, post: PostStep): Promise<void> =>
  recordStep(job, post.name, (log) => runOne(job, post, log));

async function runOne(job: JobState, post: PostStep, log: StepLog): Promise<StepResult> {
  const { frame, key, environment, inputs, script, name, spec } = post;
  const scope = stepScope(job, frame, environment);
  const signal = stepSignal(job);
  const result = { id: '', name, outputs: {}, exitCode: undefined };
  const step = { job, frame, spec, key, name, log, environment, overlay: {}, scope, signal };
  try {
    if (!evaluateCondition(post.condition, scope)) {
      const texts = { log: '', summary: '', annotations: [] };
      return { ...result, outcome: 'skipped', conclusion: 'skipped', ...texts };
    }
    const done = await runScript(step, { script, inputs });
    job.frame.hasFailed ||= !done.succeeded;
    const outcome = done.succeeded ? 'success' : 'failure';
    const { exitCode, summary } = done;
    const texts = { log: log.text(), summary, annotations: log.annotations };
    return { ...result, outcome, conclusion: outcome, exitCode, ...texts };
  } catch (error) {
    log.annotate({ level: 'error', message: messageOf(error) });
    job.frame.hasFailed = true;
    const texts = { log: log.text(), summary: '', annotations: log.annotations };
    return { ...result, outcome: 'failure', conclusion: 'failure', ...texts };
  }
}
