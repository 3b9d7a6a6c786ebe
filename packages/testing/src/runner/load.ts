import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InvalidWorkflowError, UnsupportedError } from './error.ts';
import { unsupportedAction } from './find-action.ts';
import { parseWorkflow } from './parse.ts';
import { isCheckout, repositoryPath } from './references.ts';
import { entries } from './tokens.ts';
import type { CallJob, Workflow } from './workflow.ts';

/** A workflow, and all that it calls, by the reference that calls them. */
export interface LoadedWorkflow {
  readonly entry: Workflow;
  readonly called: ReadonlyMap<string, Workflow>;
}

/** How deep calls may nest. */
const maxDepth = 10;

/** Reads a workflow and everything it calls, and checks every call, before anything runs. */
export async function loadWorkflow(
  checkout: string,
  file: string,
  source?: string,
): Promise<LoadedWorkflow> {
  const called = new Map<string, Workflow>();
  const entry = await parseWorkflow(file, source ?? (await readFile(join(checkout, file), 'utf8')));
  checkJobs(entry);
  await loadCalled(checkout, entry, { called, depth: 1 });
  return { entry, called };
}

async function loadCalled(
  checkout: string,
  workflow: Workflow,
  { called, depth }: { readonly called: Map<string, Workflow>; readonly depth: number },
): Promise<void> {
  for (const job of workflow.jobs.filter((job) => job.kind === 'call')) {
    if (depth > maxDepth) {
      throw problem(workflow, job, `calls nest deeper than ${maxDepth} levels`);
    }
    const callee = called.get(job.ref) ?? (await loadCallee(checkout, workflow, job));
    called.set(job.ref, callee);
    checkJobs(callee);
    checkCall(workflow, job, callee);
    await loadCalled(checkout, callee, { called, depth: depth + 1 });
  }
}

async function loadCallee(checkout: string, caller: Workflow, job: CallJob): Promise<Workflow> {
  const path = repositoryPath(job.ref);
  if (path === undefined) {
    throw new UnsupportedError(`${caller.file}: the workflow ${job.ref} is in another repository`, {
      hint: 'Call a workflow of this repository: the runner fetches nothing.',
    });
  }
  const content = await readFile(join(checkout, path), 'utf8').catch(() => undefined);
  if (content === undefined) {
    throw problem(caller, job, `there is no workflow ${path}`);
  }
  return parseWorkflow(path, content);
}

function checkJobs({ file, jobs }: Workflow): void {
  const contained = jobs.find((job) => job.kind === 'steps' && job.container !== undefined);
  if (contained !== undefined) {
    throw new UnsupportedError(`${file}: job ${contained.id} has a container or services`, {
      hint: 'Run the job on the machine itself: the runner starts no containers.',
    });
  }
  const steps = jobs.flatMap((job) => (job.kind === 'steps' ? job.steps : []));
  const refs = steps.flatMap(({ work }) => (work.kind === 'uses' ? [work.ref] : []));
  const foreign = refs.find((ref) => !isCheckout(ref) && repositoryPath(ref) === undefined);
  if (foreign !== undefined) {
    throw unsupportedAction(foreign);
  }
}

function checkCall(caller: Workflow, job: CallJob, callee: Workflow): void {
  const { call } = callee;
  if (call === undefined) {
    throw problem(caller, job, `${callee.file} has no workflow_call trigger`);
  }
  checkNames(caller, job, { kind: 'input', given: names(job.with), known: call.inputs });
  if (job.secrets !== 'inherit') {
    checkNames(caller, job, { kind: 'secret', given: names(job.secrets), known: call.secrets });
  }
}

const names = (token: CallJob['with']): string[] => entries(token).map(([name]) => name);

function checkNames(
  caller: Workflow,
  job: CallJob,
  {
    kind,
    given,
    known,
  }: {
    readonly kind: string;
    readonly given: readonly string[];
    readonly known: readonly { readonly name: string; readonly isRequired: boolean }[];
  },
): void {
  const unknown = given.find((name) => !known.some((entry) => same(entry.name, name)));
  const missing = known.find(
    ({ name, isRequired }) => isRequired && !given.some((candidate) => same(candidate, name)),
  );
  if (unknown !== undefined) {
    throw problem(caller, job, `the called workflow has no ${kind} ${unknown}`);
  }
  if (missing !== undefined) {
    throw problem(caller, job, `the called workflow needs the ${kind} ${missing.name}`);
  }
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const problem = ({ file }: Workflow, { id, ref }: CallJob, message: string): InvalidWorkflowError =>
  new InvalidWorkflowError([{ file, message: `job ${id}, which calls ${ref}: ${message}` }]);
