import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { StepError } from './error.ts';
import { prepareScript } from './shell.ts';
import { runStepProcess, type StepRun, stepPath, type WorkDone } from './step-run.ts';
import { evaluateText } from './template.ts';
import { field } from './tokens.ts';
import type { RunWork } from './workflow.ts';

/** Runs the script of a `run:` step in its shell. */
export async function runScriptStep(step: StepRun, work: RunWork): Promise<WorkDone> {
  const { job, scope, log } = step;
  const setting = (name: 'shell' | 'working-directory', own: RunWork['shell']): string => {
    const { spec, workflow } = job.leg;
    // A composite's steps do not inherit the defaults of the job that uses it.
    const defaults = step.frame.action === undefined ? [spec.defaults, workflow.defaults] : [];
    const tokens = [own, ...defaults.map((token) => field(token, name))];
    return evaluateText(
      tokens.find((token) => token !== undefined),
      scope,
    );
  };
  const { command, args } = await prepareScript(evaluateText(work.script, scope), {
    shell: setting('shell', work.shell),
    path: stepPath(step),
    directory: job.machine.temp,
  });
  const directory = resolve(
    job.machine.workspace,
    setting('working-directory', work.workingDirectory),
  );
  if (!existsSync(directory)) {
    throw new StepError(`there is no working directory ${directory}`, {
      hint: 'Create it in an earlier step, or correct working-directory.',
    });
  }
  const done = await runStepProcess(step, { command, args, directory, variables: {} });
  if (done.exitCode !== 0 && !step.signal.aborted) {
    const message = `Process completed with exit code ${done.exitCode}.`;
    log.annotate({ level: 'error', message });
  }
  return done;
}
