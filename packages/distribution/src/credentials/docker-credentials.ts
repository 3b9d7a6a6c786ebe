import { readFile as readFileSystem } from 'node:fs/promises';
import { AuthError } from '../error/auth-error.ts';
import { askHelper } from './ask-helper.ts';
import { parseConfigEntry } from './config-entry.ts';
import { type ConfigFile, helperName, parseConfigFile } from './config-file.ts';
import { type ConfigPath, configPaths, type Environment } from './config-paths.ts';
import type { Credential, Credentials } from './credential.ts';
import { createRunHelper, type RunHelper } from './run-helper.ts';
import { findByServer } from './server-key.ts';

export interface DockerCredentialsOptions {
  readonly env: Environment;
  /** The user's home folder. */
  readonly home: string;
  /** Gives a file's text, undefined if there is none; the file system unless given. */
  readonly readFile?: (path: string) => Promise<string | undefined>;
  readonly runHelper?: RunHelper;
}

/** The credentials that `docker login` and `podman login` left: in their files, or with the helpers named there. */
export function dockerCredentials(options: DockerCredentialsOptions): Credentials {
  const { env, home, readFile = readIfPresent, runHelper = createRunHelper(env) } = options;
  let files: Promise<ConfigFile[]> | undefined;

  return async (registry, repository = '') => {
    files ??= readFiles(configPaths(env, home), readFile);
    for (const file of await files) {
      const credential = await find(file, registry, repository, runHelper);
      if (credential !== undefined) return credential;
    }
    return undefined;
  };
}

async function readFiles(
  paths: readonly ConfigPath[],
  readFile: (path: string) => Promise<string | undefined>,
): Promise<ConfigFile[]> {
  const files: ConfigFile[] = [];
  for (const path of paths) {
    const text = await readFile(path.path);
    if (text !== undefined && text.trim() !== '') files.push(parseConfigFile(text, path));
  }
  return files;
}

async function find(
  { path, entries, helpers, store }: ConfigFile,
  registry: string,
  repository: string,
  run: RunHelper,
): Promise<Credential | undefined> {
  const named = findByServer(helpers, registry, repository);
  if (named !== undefined) {
    const helper = helperName(named.value, path);
    const answer = await askHelper(run, helper, registry);
    if (answer !== 'no-program') return answer;
    throw new AuthError(
      'NO_CREDENTIALS',
      `docker-credential-${helper}, named for ${registry}, is not installed`,
    );
  }
  // A store that is not installed here was somebody else's: the file may have been copied from another machine.
  const stored = store === undefined ? undefined : await askHelper(run, store, registry);
  if (stored !== undefined && stored !== 'no-program') return stored;
  const entry = findByServer(entries, registry, repository);
  return entry && parseConfigEntry(entry.value, `${path}: the entry ${JSON.stringify(entry.key)}`);
}

async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFileSystem(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new AuthError('NO_CREDENTIALS', `${path} cannot be read: ${code}`, error);
  }
}
