import { randomBytes } from 'node:crypto';
import type { IssuedToken } from '../results/identity.ts';
import { createFrame, type Frame } from './frame.ts';
import type { RunHost } from './host.ts';
import { idTokenClaims } from './id-token-claims.ts';
import type { IdTokenAccess } from './id-token-service.ts';
import type { Leg } from './job.ts';
import { jobContext, runnerContext } from './job-context.ts';
import type { JsonObject } from './json.ts';
import { type Machine, startMachine } from './machine.ts';
import { createMasker, type Masker } from './masker.ts';
import type { PostStep } from './post-steps.ts';
import type { Annotation, StepResult } from './result.ts';
import { evaluateText, evaluateTexts } from './template.ts';
import type { StepSpec } from './workflow.ts';

/** A job while it runs. */
export interface JobState extends AsyncDisposable {
  readonly host: RunHost;
  readonly leg: Leg;
  readonly machine: Machine;
  readonly masker: Masker;
  readonly token: IssuedToken;
  /** Where the job asks for id tokens, when it may. */
  readonly idTokens: IdTokenAccess | undefined;
  readonly checkRunId: number;
  /** Whether `::debug::` lines show: the secret or variable ACTIONS_STEP_DEBUG is `true`. */
  readonly isDebug: boolean;
  /** The contexts that steps see, less those that change with every step. */
  readonly contexts: JsonObject;
  /** The variables of workflow and job, and what steps wrote to GITHUB_ENV. */
  readonly environment: Map<string, string>;
  /** What steps put in front of PATH, the newest first. */
  readonly path: string[];
  /** The job's own steps; a composite action has a frame of its own. */
  readonly frame: Frame;
  readonly results: StepResult[];
  readonly annotations: Annotation[];
  readonly posts: PostStep[];
  /** What the action of each step saved for its later processes. */
  readonly states: Map<StepSpec, ReadonlyMap<string, string>>;
  /** Aborted when the job is cancelled or runs out of time. */
  readonly signal: AbortSignal;
  /** Aborted when the job runs out of time. */
  readonly deadline: AbortSignal;
}

/** Sets a job up: its machine, its tokens, its contexts, and the secrets it must not show. */
export async function openJob(host: RunHost, leg: Leg): Promise<JobState> {
  const event = leg.contexts.github.event ?? null;
  const { repository } = host.run;
  const machine = await startMachine(host.directory, {
    repository,
    event,
    workspace: leg.workspace,
  });
  const checkRunId = host.nextCheckRunId();
  const token = host.service.issue({
    run: host.run.backendId,
    attempt: host.attempt,
    since: host.since,
  });
  const githubToken = `ghs_${randomBytes(18).toString('hex')}`;
  const idTokens = leg.mayAskForIdTokens
    ? (await host.idTokens()).admit(idTokenClaims(host, leg, checkRunId))
    : undefined;
  const masker = createMasker();
  [
    githubToken,
    token.token,
    idTokens?.token ?? '',
    ...Object.values(leg.contexts.secrets).map(String),
  ].map(masker.add);

  const contexts = {
    ...leg.contexts,
    github: {
      ...leg.contexts.github,
      event_path: machine.eventFile,
      job: leg.spec.id,
      token: githubToken,
      workspace: machine.workspace,
    },
    secrets: { ...leg.contexts.secrets, GITHUB_TOKEN: githubToken },
    runner: runnerContext(machine),
    job: jobContext(host, { checkRunId, file: leg.workflow.file }),
  };
  const deadline = timeoutSignal(host, leg, contexts);
  const jobEnv = evaluateTexts(leg.spec.env, { contexts });
  return {
    host,
    leg,
    machine,
    masker,
    token,
    idTokens,
    checkRunId,
    contexts,
    environment: new Map(Object.entries({ ...leg.workflowEnv, ...jobEnv })),
    isDebug: (leg.contexts.secrets.ACTIONS_STEP_DEBUG ?? host.vars.ACTIONS_STEP_DEBUG) === 'true',
    path: [],
    frame: createFrame(),
    results: [],
    annotations: [],
    posts: [],
    states: new Map(),
    signal: AbortSignal.any([leg.signal, deadline]),
    deadline,
    [Symbol.asyncDispose]: () => machine[Symbol.asyncDispose](),
  };
}

function timeoutSignal(host: RunHost, { spec }: Leg, contexts: JsonObject): AbortSignal {
  const minutes = Number(evaluateText(spec.timeoutMinutes, { contexts }) || '360');
  return AbortSignal.timeout(minutes * host.minute);
}
