import { join } from 'node:path';
import type { Action, NodeRuns } from './action.ts';
import { actionInputs, inputVariables } from './action-inputs.ts';
import { serviceVariables } from './environment.ts';
import { ownRepository } from './references.ts';
import { runStepProcess, type StepRun, type WorkDone } from './step-run.ts';

/** Runs the main script of a Node action, and remembers its post script for the end of the job. */
export async function runNodeAction(
  step: StepRun,
  action: Action,
  runs: NodeRuns,
): Promise<WorkDone> {
  const inputs = inputVariables(actionInputs(step, action));
  if (runs.post !== '') {
    const { frame, key, name, environment } = step;
    const script = join(action.directory, runs.post);
    const condition = runs.postCondition;
    const post = { frame, key, environment, inputs, script, condition, spec: step.spec };
    step.job.posts.push({ ...post, name: `Post ${name}` });
  }
  return runScript(step, { script: join(action.directory, runs.main), inputs });
}

/** Runs one script of an action under this Node, with the state that earlier scripts saved. */
export async function runScript(
  step: StepRun,
  {
    script,
    inputs,
  }: { readonly script: string; readonly inputs: Readonly<Record<string, string>> },
): Promise<WorkDone> {
  const { job, spec } = step;
  const saved = [...(job.states.get(spec) ?? [])].map(([name, value]) => [`STATE_${name}`, value]);
  const done = await runStepProcess(step, {
    command: process.execPath,
    args: [script],
    directory: job.machine.workspace,
    variables: {
      ...inputs,
      ...Object.fromEntries(saved),
      ...originVariables(step),
      ...serviceVariables(job.host.service.url, job.token.token),
    },
  });
  job.states.set(spec, new Map([...(job.states.get(spec) ?? []), ...done.state]));
  return done;
}

function originVariables({ spec: { work } }: StepRun): Record<string, string> {
  const ref = work.kind === 'uses' && !work.ref.startsWith('.') ? work.ref : '';
  const version = ref.split('@')[1] ?? '';
  return {
    GITHUB_ACTION_REPOSITORY: version === '' ? '' : ownRepository,
    GITHUB_ACTION_REF: version,
  };
}
