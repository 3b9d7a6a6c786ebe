import { delimiter } from 'node:path';
import {
  type CommandFiles,
  createCommandFiles,
  readCommandFiles,
  type StepWords,
} from './command-files.ts';
import {
  githubVariables,
  idTokenVariables,
  machineVariables,
  runnerVariables,
} from './environment.ts';
import type { Scope } from './expressions.ts';
import type { Frame } from './frame.ts';
import type { JobState } from './job-state.ts';
import { runProcess } from './spawn.ts';
import type { StepLog } from './step-log.ts';
import type { StepSpec } from './workflow.ts';

/** A step while it runs. */
export interface StepRun {
  readonly job: JobState;
  readonly frame: Frame;
  readonly spec: StepSpec;
  /** What GITHUB_ACTION holds: the id, or a name made for the step. */
  readonly key: string;
  readonly name: string;
  readonly log: StepLog;
  /** The `env` context: of the workflow, the job, GITHUB_ENV and the step. */
  readonly environment: Readonly<Record<string, string>>;
  /** The part of it that the step was given, and that a composite hands on. */
  readonly overlay: Readonly<Record<string, string>>;
  readonly scope: Scope;
  /** Aborted when the step is to stop: the job was cancelled, or time is up. */
  readonly signal: AbortSignal;
}

/** What came of the work of a step. */
export interface WorkDone {
  readonly succeeded: boolean;
  readonly exitCode?: number;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** The process of a step: a program, and what it is given beyond the environment of all steps. */
export interface StepProcess {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** The largest summary of a step in bytes; a larger one is dropped. */
const maxSummary = 1024 * 1024;

/** Runs a process of a step, and takes in what it wrote to its command files. */
export async function runStepProcess(
  step: StepRun,
  { command, args, directory, variables }: StepProcess,
): Promise<WorkDone & { readonly state: ReadonlyMap<string, string> }> {
  const { job, log, signal } = step;
  const files = await createCommandFiles(job.machine.temp, `${step.key}-${job.results.length}`);
  const environment = { ...stepVariables(step, files), ...variables };
  const exitCode = await runProcess({
    command,
    args,
    directory,
    environment,
    signal,
    onLine: log.write,
  });
  const words = await readCommandFiles(files);
  for (const message of words.problems) {
    log.annotate({ level: 'error', message });
  }
  applyWords(step, words);
  return {
    succeeded: exitCode === 0 && words.problems.length === 0,
    exitCode,
    outputs: Object.fromEntries(words.outputs),
    summary: acceptSummary(step, words.summary),
    state: words.state,
  };
}

/** The PATH of a step: what earlier steps added, then the machine's or the workflow's own. */
export function stepPath({ job, environment }: Pick<StepRun, 'job' | 'environment'>): string {
  const machine = { ...machineVariables(job.machine), ...job.host.environment, ...environment };
  return [...job.path, machine.PATH].join(delimiter);
}

/** The variables that any process of the step gets. */
export function stepVariables(
  { job, frame, key, environment }: Pick<StepRun, 'job' | 'frame' | 'key' | 'environment'>,
  files: CommandFiles,
): Record<string, string> {
  return {
    ...machineVariables(job.machine),
    ...job.host.environment,
    ...environment,
    PATH: stepPath({ job, environment }),
    ...runnerVariables(job.machine),
    ...(job.isDebug ? { RUNNER_DEBUG: '1' } : {}),
    ...githubVariables(job.contexts.github),
    ...idTokenVariables(job.idTokens),
    ...(frame.action === undefined ? {} : { GITHUB_ACTION_PATH: frame.action.directory }),
    GITHUB_ACTION: key,
    ...files,
  };
}

function applyWords({ job }: StepRun, { environment, path }: StepWords): void {
  for (const [name, value] of environment) {
    job.environment.set(name, value);
  }
  job.path.unshift(...path.toReversed());
}

function acceptSummary({ job, log }: StepRun, summary: string): string {
  const size = Buffer.byteLength(summary);
  if (size > maxSummary) {
    const message = `the summary of ${size} bytes is dropped: a step may write ${maxSummary}`;
    log.annotate({ level: 'error', message });
    return '';
  }
  return job.masker.mask(summary);
}
