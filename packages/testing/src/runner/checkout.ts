import { execFile } from 'node:child_process';
import { copyFile, mkdir } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { StepError } from './error.ts';
import { ownFiles } from './own-files.ts';
import { ownRepository } from './references.ts';
import { sparseFilter } from './sparse-checkout.ts';
import type { StepRun, WorkDone } from './step-run.ts';
import { evaluateTexts } from './template.ts';

const run = promisify(execFile);

/** Copies the files of a repository that git would carry: never node_modules, never .git. */
export async function copyOwnFiles(
  checkout: string,
  target: string,
  isWanted: (file: string) => boolean = () => true,
): Promise<void> {
  const files = (await ownFiles(checkout)).filter((file) => isWanted(file.replaceAll(sep, '/')));
  const folders = new Set(files.map((file) => dirname(resolve(target, file))));
  await mkdir(target, { recursive: true });
  for (const folder of folders) {
    await mkdir(folder, { recursive: true });
  }
  await Promise.all(files.map((file) => copyFile(resolve(checkout, file), resolve(target, file))));
}

/** Stands in for `actions/checkout`: puts the files of the checkout into the workspace. */
export async function runCheckout({ job, spec, scope, log }: StepRun): Promise<WorkDone> {
  const options = spec.work.kind === 'uses' ? evaluateTexts(spec.work.with, scope) : {};
  const { repository = job.host.run.repository } = options;
  if (repository !== job.host.run.repository && repository !== ownRepository) {
    throw new StepError(`the repository ${repository} is not the one of the run`, {
      hint: 'Check out the repository of the run: the runner fetches no other.',
    });
  }
  const target = resolve(job.machine.workspace, options.path ?? '');
  const contents = await job.host.contents();
  const filter = sparseFilter(options);
  await mkdir(target, { recursive: true });
  // One cp is many times faster than as many copies made here.
  if (filter === undefined) await run('cp', ['-R', `${contents}/.`, target]);
  else await copyOwnFiles(contents, target, filter);
  log.say(`the files of the checkout are in ${target}`);
  const { ref, sha: commit } = job.host.run;
  return { succeeded: true, outputs: { ref, commit }, summary: '' };
}
