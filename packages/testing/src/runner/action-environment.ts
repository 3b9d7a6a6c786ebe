import { inputVariables } from './action-inputs.ts';
import { createCommandFiles, readCommandFiles, type StepWords } from './command-files.ts';
import { serviceVariables } from './environment.ts';
import { openJob } from './job-state.ts';
import type { AttemptOptions } from './options.ts';
import { openRunBase, type RunBaseOptions } from './run-base.ts';
import { type SingleLegOptions, singleLeg } from './single-leg.ts';
import { stepVariables } from './step-run.ts';

/** A job without steps: what a test needs to start a process of its own as an action. */
export interface ActionEnvironmentOptions
  extends Omit<RunBaseOptions, 'checkout'>,
    AttemptOptions,
    SingleLegOptions {
  /** The inputs, by name; no defaults are known here. */
  readonly with?: Readonly<Record<string, string>>;
  readonly attempt?: number;
}

/** The surroundings of one action process, until disposed of. */
export interface ActionEnvironment extends AsyncDisposable {
  /** The whole environment of the process. */
  readonly variables: Readonly<Record<string, string>>;
  readonly workspace: string;
  readonly temp: string;
  /** What the process wrote to its command files so far. */
  words(): Promise<StepWords>;
}

export async function actionEnvironment(
  options: ActionEnvironmentOptions = {},
): Promise<ActionEnvironment> {
  const { attempt = 1, env = {} } = options;
  const base = await openRunBase({ runId: 4_200_000_001, ...options, checkout: '/' });
  const host = base.host(attempt, { ...options, since: 1 });
  const job = await openJob(host, singleLeg(host, [], { ...options, env }));
  const files = await createCommandFiles(job.machine.temp, 'action');
  const environment = Object.fromEntries(job.environment);
  return {
    variables: {
      ...stepVariables({ job, frame: job.frame, key: 'action', environment }, files),
      ...inputVariables(options.with ?? {}),
      ...serviceVariables(host.service.url, job.token.token),
    },
    workspace: job.machine.workspace,
    temp: job.machine.temp,
    words: () => readCommandFiles(files),
    async [Symbol.asyncDispose]() {
      await job[Symbol.asyncDispose]();
      await base[Symbol.asyncDispose]();
    },
  };
}
