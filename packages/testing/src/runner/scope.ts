import type { Scope } from './expressions.ts';
import { type Frame, stepsContext } from './frame.ts';
import { hashFilesFunction, type Status, statusFunctions } from './functions.ts';
import type { JobState } from './job-state.ts';
import { isJsonObject, type JsonObject } from './json.ts';
import type { Conclusion } from './result.ts';

/** How the job stands: what `job.status` says. */
export function jobStatus(job: JobState): Conclusion {
  if (job.signal.aborted) {
    return 'cancelled';
  }
  return job.frame.hasFailed ? 'failure' : 'success';
}

/** What stops a step: one that runs although the job was cancelled must not be stopped by that. */
export const stepSignal = ({ signal }: JobState): AbortSignal =>
  signal.aborted ? new AbortController().signal : signal;

/** What the expressions of a step see. */
export function stepScope(
  job: JobState,
  frame: Frame,
  environment: Readonly<Record<string, string>>,
): Scope {
  const { github, job: about } = job.contexts;
  return {
    contexts: {
      ...job.contexts,
      ...(frame.action === undefined
        ? {}
        : {
            inputs: frame.action.inputs,
            github: { ...objectOf(github), action_path: frame.action.directory },
          }),
      env: { ...environment },
      job: { ...objectOf(about), status: jobStatus(job) },
      steps: stepsContext(frame),
    },
    functions: [...statusFunctions(statusOf(job, frame)), hashFilesFunction(job.machine.workspace)],
  };
}

function statusOf(job: JobState, frame: Frame): Status {
  const isCancelled = (): boolean => job.signal.aborted;
  return {
    success: () => !isCancelled() && !frame.hasFailed,
    failure: () => !isCancelled() && frame.hasFailed,
    cancelled: isCancelled,
  };
}

const objectOf = (value: JsonObject[string] | undefined): JsonObject =>
  isJsonObject(value) ? value : {};
