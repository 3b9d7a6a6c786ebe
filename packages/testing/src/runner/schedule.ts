import { runGroup } from './group.ts';
import type { RunHost } from './host.ts';
import type { JsonObject } from './json.ts';
import type { JobOutcome, WorkflowOutcome } from './outcome.ts';
import { evaluateTexts } from './template.ts';
import type { Workflow } from './workflow.ts';

/** A workflow with what its jobs are told: the one that was started, or one that a job calls. */
export interface WorkflowCall {
  readonly workflow: Workflow;
  /** The workflows that jobs may call, by reference. */
  readonly called: ReadonlyMap<string, Workflow>;
  readonly github: JsonObject;
  readonly inputs: JsonObject;
  readonly secrets: JsonObject;
  readonly env: Readonly<Record<string, string>>;
  /** What stands before the ids and the names of its jobs. */
  readonly prefix: { readonly path: string; readonly name: string };
  /** Whether the job that calls it may ask for id tokens; undefined for the workflow that was started. */
  readonly idToken?: boolean;
  readonly signal: AbortSignal;
}

/**
 * Runs the jobs of a workflow, each when the jobs it needs have ended. A job of an earlier outcome
 * that succeeded, and needs nothing that runs again, is kept as it was.
 */
export async function runWorkflowJobs(
  host: RunHost,
  call: WorkflowCall,
  previous?: WorkflowOutcome,
): Promise<WorkflowOutcome> {
  const { jobs } = call.workflow;
  const started = new Map<string, Promise<JobOutcome>>();
  const start = (id: string): Promise<JobOutcome> => {
    const running = started.get(id) ?? run(id);
    started.set(id, running);
    return running;
  };
  const run = async (id: string): Promise<JobOutcome> => {
    const spec = jobs.find((job) => job.id.toLowerCase() === id.toLowerCase());
    if (spec === undefined) {
      throw new ReferenceError(`there is no job ${id}`);
    }
    const needs = await Promise.all(spec.needs.map(start));
    return runGroup(host, { call, spec, needs, previous: previous?.get(spec.id) });
  };
  const outcomes = await Promise.all(jobs.map(({ id }) => start(id)));
  return new Map(outcomes.map((outcome) => [outcome.id, outcome]));
}

/** The variables of a workflow's own `env`. */
export const workflowEnv = (
  { env }: Workflow,
  { vars }: RunHost,
  contexts: Pick<WorkflowCall, 'github' | 'inputs' | 'secrets'>,
): Record<string, string> => evaluateTexts(env, { contexts: { ...contexts, vars } });
