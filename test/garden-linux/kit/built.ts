import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { checkout } from '../../actions/act.ts';
import type { Target } from './target.ts';

const execute = promisify(execFile);

/** The files of a folder and what they hold, by name. */
export async function contentsOf(folder: string): Promise<Record<string, Buffer>> {
  const names = (await readdir(folder)).toSorted();
  const read = async (name: string) => [name, await readFile(join(folder, name))] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** Builds a target into `build` in the folder, with the script that the example has for it. */
export async function build({ flavor, architecture, version, commit }: Target, folder: string) {
  const script = join(checkout, 'examples/garden-linux/build.sh');
  await execute(script, [flavor, architecture, version, commit, 'build'], { cwd: folder });
  return contentsOf(join(folder, 'build'));
}

/** Runs a step of a workflow in the folder. */
export const runStep = (script: string, folder: string): Promise<unknown> =>
  execute('bash', ['-e', '-c', script], { cwd: folder });
