import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of other people that is installed here. */
export interface Program {
  readonly path: string;
  /** As it tells itself, such as `1.3.3`. */
  readonly version: string;
}

/** Looks for a program where the interop tests install theirs, then in the PATH. */
export function findProgram(
  name: string,
  question: readonly string[],
  folders: readonly string[] = defaultFolders(),
): Program | undefined {
  const path = folders.map((folder) => join(folder, name)).find(isProgram);
  if (path === undefined) return undefined;
  const { error, stdout } = spawnSync(path, question, { encoding: 'utf8', timeout: 10_000 });
  return error === undefined ? { path, version: versionIn(stdout) } : undefined;
}

const tools = join(import.meta.dirname, '../../../../.cache/tools');

const defaultFolders = (): string[] => [tools, ...(process.env.PATH ?? '').split(delimiter)];

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The first number with points in a text. */
export const versionIn = (text: string): string =>
  /\d+(?:\.\d+)+/.exec(text)?.[0] ?? 'of unknown version';
