import type { RunHost } from './host.ts';
import type { Leg } from './job.ts';
import type { JsonObject } from './json.ts';
import { githubContext } from './run-context.ts';
import type { StepSpec, Workflow } from './workflow.ts';

/** A job that is in no workflow file: a place to run one action in. */
export interface SingleLegOptions {
  /** The id of the job. */
  readonly job?: string;
  readonly matrix?: JsonObject | null;
  readonly strategy?: JsonObject;
  /** A folder to work in, instead of a fresh one; it is left as it is. */
  readonly workspace?: string;
  /** Whether the job has `permissions: id-token: write`. */
  readonly idToken?: boolean;
  /** Variables of the step. */
  readonly env?: Readonly<Record<string, string>>;
}

/** Makes the leg that such a job is. */
export function singleLeg(
  host: RunHost,
  steps: readonly StepSpec[],
  {
    job = 'job',
    matrix = null,
    strategy = {},
    workspace,
    idToken = false,
    env = {},
  }: SingleLegOptions,
): Leg {
  const absent = { env: undefined, defaults: undefined, outputs: undefined, strategy: undefined };
  const untimed = { continueOnError: undefined, timeoutMinutes: undefined, container: undefined };
  const workflow: Workflow = {
    file: '.github/workflows/test.yml',
    name: 'test',
    dispatchInputs: [],
    call: undefined,
    idToken: undefined,
    env: undefined,
    defaults: undefined,
    jobs: [],
  };
  return {
    spec: {
      kind: 'steps',
      id: job,
      name: undefined,
      needs: [],
      condition: 'success()',
      steps,
      idToken,
      ...absent,
      ...untimed,
    },
    workflow,
    path: job,
    name: job,
    contexts: {
      inputs: {},
      needs: {},
      matrix,
      github: githubContext(host, workflow),
      vars: host.vars,
      secrets: host.secrets,
      strategy: {
        'fail-fast': true,
        'job-index': 0,
        'job-total': 1,
        'max-parallel': 1,
        ...strategy,
      },
    },
    workflowEnv: env,
    mayAskForIdTokens: idToken,
    signal: host.signal,
    workspace,
  };
}
