import { messageOf } from './error.ts';
import type { JobState } from './job-state.ts';
import type { Annotation, JobResult } from './result.ts';
import { jobStatus, stepScope } from './scope.ts';
import { evaluateTexts } from './template.ts';

/** The outputs of a job in bytes, as two for each UTF-16 unit. */
const maxOutputs = 1024 * 1024;

/** Ends a job: evaluates its outputs, and keeps those that GitHub would keep. */
export function finishJob(job: JobState): JobResult {
  const { leg, host, checkRunId, results } = job;
  const outputs = collectOutputs(job);
  if (job.deadline.aborted) {
    note(job, { level: 'error', message: 'the job took longer than its timeout-minutes' });
  }
  return {
    id: leg.path,
    name: leg.name,
    matrix: leg.contexts.matrix,
    conclusion: jobStatus(job),
    outputs,
    steps: results,
    annotations: [...results.flatMap((step) => step.annotations), ...job.annotations],
    attempt: host.attempt,
    checkRunId,
  };
}

function collectOutputs(job: JobState): Record<string, string> {
  const scope = stepScope(job, job.frame, Object.fromEntries(job.environment));
  const kept: [string, string][] = [];
  try {
    for (const [name, value] of Object.entries(evaluateTexts(job.leg.spec.outputs, scope))) {
      if (job.masker.mask(value) !== value) {
        warn(job, `Skip output '${name}' since it may contain secret.`);
      } else if (value !== '') {
        kept.push([name, value]);
      }
    }
    const size = kept.reduce((sum, [, value]) => sum + 2 * value.length, 0);
    if (size > maxOutputs) {
      throw new RangeError(`the outputs of the job are ${size} bytes, more than ${maxOutputs}`);
    }
    return Object.fromEntries(kept);
  } catch (error) {
    job.frame.hasFailed = true;
    note(job, { level: 'error', message: messageOf(error) });
    return {};
  }
}

const warn = (job: JobState, message: string): void => note(job, { level: 'warning', message });

function note({ annotations }: JobState, annotation: Annotation): void {
  annotations.push(annotation);
}
