import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The files of a folder that belong to its repository, as paths in it; all files where there is no git. */
export async function ownFiles(checkout: string): Promise<string[]> {
  const files = (await gitFiles(checkout)) ?? (await allFiles(checkout));
  const wanted = files.filter((file) => !file.split(sep).some((part) => foreign.has(part)));
  // A file that was deleted and not committed is still in git's list.
  const present = await Promise.all(
    wanted.map((file) =>
      stat(join(checkout, file)).then(
        (found) => found.isFile(),
        () => false,
      ),
    ),
  );
  return wanted.filter((_, index) => present[index]);
}

const foreign: ReadonlySet<string> = new Set(['node_modules', '.git']);

// Undefined where there is no repository, or no git to ask.
async function gitFiles(checkout: string): Promise<string[] | undefined> {
  if (!existsSync(join(checkout, '.git'))) return undefined;
  const args = ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--deduplicate'];
  const options = { cwd: checkout, maxBuffer: 64 * 1024 * 1024 };
  const stdout = await run('git', args, options).then(
    (done) => done.stdout,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  return stdout?.split('\0').filter((file) => file !== '');
}

async function allFiles(checkout: string, folder = checkout): Promise<string[]> {
  const found = await readdir(folder, { withFileTypes: true });
  const nested = await Promise.all(
    found
      .filter((entry) => !foreign.has(entry.name))
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? allFiles(checkout, path) : [relative(checkout, path)];
      }),
  );
  return nested.flat();
}
