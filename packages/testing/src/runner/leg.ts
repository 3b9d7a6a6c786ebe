import { runCalledLeg } from './called-leg.ts';
import { messageOf } from './error.ts';
import type { Group } from './group.ts';
import type { RunHost } from './host.ts';
import { runJob } from './job.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { JobOutcome, LegOutcome } from './outcome.ts';
import { isFromFork, mayAskForIdTokens } from './permissions.ts';
import { displayName, type PlannedLeg } from './strategy.ts';
import { evaluateText } from './template.ts';
import { unrunLeg } from './unrun-job.ts';
import type { StepsJob } from './workflow.ts';

/** One leg to run. */
export interface LegRun {
  readonly leg: PlannedLeg;
  /** What the expressions of the job see, the leg's own contexts included. */
  readonly contexts: JsonObject;
  /** How the job ended in the attempt that this one repeats. */
  readonly previous: JobOutcome | undefined;
  readonly signal: AbortSignal;
}

/** A leg under its name. */
export interface NamedLegRun extends LegRun {
  readonly name: string;
}

/** Runs a leg, of whichever kind; whatever stops it from starting is its failure. */
export async function runLeg(host: RunHost, group: Group, run: LegRun): Promise<LegOutcome> {
  const { call, spec } = group;
  const { leg, contexts } = run;
  const { index, matrix } = leg;
  const about = { id: `${call.prefix.path}${spec.id}`, matrix, index };
  let name = `${call.prefix.name}${spec.id}`;
  try {
    name = `${call.prefix.name}${displayName(spec, matrix, { contexts })}`;
    if (run.signal.aborted) {
      return unrunLeg(host, { ...about, name, conclusion: 'cancelled' });
    }
    if (spec.kind === 'call') {
      return await runCalledLeg(host, group, { ...run, spec, name });
    }
    host.emit({ type: 'job-queued', job: name });
    return await host.limit(() =>
      run.signal.aborted
        ? Promise.resolve(unrunLeg(host, { ...about, name, conclusion: 'cancelled' }))
        : runStepsLeg(host, group, { ...run, spec, name }),
    );
  } catch (error) {
    return unrunLeg(host, { ...about, name, conclusion: 'failure', message: messageOf(error) });
  }
}

async function runStepsLeg(
  host: RunHost,
  { call }: Group,
  { spec, leg, name, contexts, signal }: NamedLegRun & { readonly spec: StepsJob },
): Promise<LegOutcome> {
  const { github, inputs, secrets, workflow, env: workflowEnv } = call;
  const { index, matrix, strategy } = leg;
  const needs = isJsonObject(contexts.needs) ? contexts.needs : {};
  const job = await runJob(host, {
    spec,
    workflow,
    path: `${call.prefix.path}${spec.id}`,
    name,
    workflowEnv,
    mayAskForIdTokens: mayAskForIdTokens(spec, workflow, call.idToken) && !isFromFork(github),
    signal,
    contexts: { github, inputs, secrets, matrix, strategy, needs, vars: host.vars },
  });
  const { conclusion, outputs } = job;
  const isForgiven =
    conclusion === 'failure' && evaluateText(spec.continueOnError, { contexts }) === 'true';
  return { index, conclusion, isForgiven, outputs, jobs: [job], called: undefined };
}
