import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnvFile } from './env-file.ts';

/** The files through which a step speaks to the runner. */
const names = {
  GITHUB_OUTPUT: 'set_output',
  GITHUB_ENV: 'set_env',
  GITHUB_PATH: 'add_path',
  GITHUB_STATE: 'save_state',
  GITHUB_STEP_SUMMARY: 'step_summary',
};

/** The variables that name a step's files; the files exist, empty. */
export type CommandFiles = Readonly<Record<keyof typeof names, string>>;

/** What a step said through its files. */
export interface StepWords {
  readonly outputs: ReadonlyMap<string, string>;
  readonly environment: ReadonlyMap<string, string>;
  readonly state: ReadonlyMap<string, string>;
  readonly path: readonly string[];
  readonly summary: string;
  /** What was wrong with any of them: the step fails for it. */
  readonly problems: readonly string[];
}

export async function createCommandFiles(directory: string, id: string): Promise<CommandFiles> {
  const folder = join(directory, '_runner_file_commands');
  const at = (name: keyof typeof names): string => join(folder, `${names[name]}_${id}`);
  const files = {
    GITHUB_OUTPUT: at('GITHUB_OUTPUT'),
    GITHUB_ENV: at('GITHUB_ENV'),
    GITHUB_PATH: at('GITHUB_PATH'),
    GITHUB_STATE: at('GITHUB_STATE'),
    GITHUB_STEP_SUMMARY: at('GITHUB_STEP_SUMMARY'),
  };
  await mkdir(folder, { recursive: true });
  await Promise.all(Object.values(files).map((file) => writeFile(file, '')));
  return files;
}

export async function readCommandFiles(files: CommandFiles): Promise<StepWords> {
  const problems: string[] = [];
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '');
  const values = async (variable: keyof CommandFiles): Promise<Map<string, string>> => {
    try {
      return parseEnvFile(await read(files[variable]));
    } catch (error) {
      problems.push(`${variable}: ${error instanceof Error ? error.message : error}`);
      return new Map();
    }
  };
  const environment = await values('GITHUB_ENV');
  if (environment.has('NODE_OPTIONS')) {
    problems.push('GITHUB_ENV: NODE_OPTIONS may not be set this way');
    environment.delete('NODE_OPTIONS');
  }
  return {
    outputs: await values('GITHUB_OUTPUT'),
    environment,
    state: await values('GITHUB_STATE'),
    path: (await read(files.GITHUB_PATH)).split('\n').filter((line) => line !== ''),
    summary: await read(files.GITHUB_STEP_SUMMARY),
    problems,
  };
}
