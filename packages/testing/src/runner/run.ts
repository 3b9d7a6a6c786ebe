import type { Artifact, ResultsService } from '../results/service.ts';
import { dispatchInputs } from './call.ts';
import { type LoadedWorkflow, loadWorkflow } from './load.ts';
import type { AttemptOptions, RunOptions } from './options.ts';
import { allJobs, combineResults, type WorkflowOutcome } from './outcome.ts';
import type { Annotation, Conclusion, JobResult } from './result.ts';
import { openRunBase, type RunBase } from './run-base.ts';
import { githubContext } from './run-context.ts';
import { runWorkflowJobs, workflowEnv } from './schedule.ts';

/** A finished run; disposing of it removes what it left, its artifacts too. */
export interface Run extends AsyncDisposable {
  readonly conclusion: Conclusion;
  readonly attempt: number;
  readonly id: number;
  readonly service: ResultsService;
  /** Every job, a leg of a matrix being one; those a partial re-run kept are among them. */
  readonly jobs: readonly JobResult[];
  /** The job of that name or id: the first leg, when several share the id. */
  job(nameOrId: string): JobResult;
  annotations(): readonly Annotation[];
  summaries(): readonly string[];
  artifacts(): readonly Artifact[];
  /** "Re-run failed jobs": those, and the jobs that need them. */
  rerunFailed(options?: AttemptOptions): Promise<Run>;
  /** "Re-run all jobs": nothing is kept, and earlier artifacts are out of sight. */
  rerunAll(options?: AttemptOptions): Promise<Run>;
}

/** Runs a workflow as GitHub would, on this machine. It is an emulation, not GitHub. */
export async function runWorkflow(options: RunOptions): Promise<Run> {
  const { checkout, workflow = '.github/workflows/test.yml', source } = options;
  const loaded = await loadWorkflow(checkout, workflow, source);
  const base = await openRunBase(options);
  try {
    return await runAttempt({ base, loaded, options }, { attempt: 1, since: 1 });
  } catch (error) {
    await base[Symbol.asyncDispose]();
    throw error;
  }
}

interface Started {
  readonly base: RunBase;
  readonly loaded: LoadedWorkflow;
  readonly options: RunOptions;
}

interface Attempt {
  readonly attempt: number;
  readonly since: number;
  readonly previous?: WorkflowOutcome;
}

async function runAttempt(started: Started, { attempt, since, previous }: Attempt): Promise<Run> {
  const { base, loaded, options } = started;
  const host = base.host(attempt, { ...options, since });
  const { trigger } = host.run;
  const isDispatch = trigger.name === 'workflow_dispatch';
  const contexts = { github: githubContext(host, loaded.entry), vars: host.vars };
  const inputs = isDispatch ? dispatchInputs(loaded.entry, trigger.inputs, { contexts }) : {};
  const github = githubContext(host, loaded.entry, inputs);
  const secrets = host.secrets;
  const outcome = await runWorkflowJobs(
    host,
    {
      workflow: loaded.entry,
      called: loaded.called,
      github,
      inputs,
      secrets,
      env: workflowEnv(loaded.entry, host, { github, inputs, secrets }),
      prefix: { path: '', name: '' },
      signal: host.signal,
    },
    previous,
  );
  return describeRun(started, outcome, { attempt, since });
}

function describeRun(started: Started, outcome: WorkflowOutcome, { attempt, since }: Attempt): Run {
  const { base, options } = started;
  const { service, identity } = base;
  const jobs = allJobs(outcome);
  const rerun = (changes: AttemptOptions, next: Attempt): Promise<Run> => {
    // What made the first attempt fail, or cancelled it, is not to do so again.
    const { failStep: _, signal: __, ...kept } = options;
    return runAttempt({ ...started, options: { ...kept, ...changes } }, next);
  };
  return {
    conclusion: conclude(outcome),
    attempt,
    id: identity.id,
    service,
    jobs,
    job(nameOrId) {
      const job = jobs.find(({ name, id }) => name === nameOrId || id === nameOrId);
      if (job === undefined) {
        const names = jobs.map(({ name }) => name).join(', ');
        throw new ReferenceError(`there is no job ${nameOrId} among: ${names}`);
      }
      return job;
    },
    annotations: () => jobs.flatMap((job) => job.annotations),
    summaries: () =>
      jobs
        .flatMap(({ steps }) => steps.map(({ summary }) => summary))
        .filter((text) => text !== ''),
    artifacts: () => service.artifacts(identity.backendId),
    rerunFailed: (changes = {}) =>
      rerun(changes, { attempt: attempt + 1, since, previous: outcome }),
    rerunAll: (changes = {}) => rerun(changes, { attempt: attempt + 1, since: attempt + 1 }),
    [Symbol.asyncDispose]: () => base[Symbol.asyncDispose](),
  };
}

function conclude(outcome: WorkflowOutcome): Conclusion {
  return combineResults([...outcome.values()].flatMap(({ legs }) => legs));
}
