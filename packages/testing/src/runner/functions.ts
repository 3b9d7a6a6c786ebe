import { data } from '@actions/expressions';
import type { FunctionDefinition } from '@actions/expressions/funcs/info';
import { hashFiles } from './hash-files.ts';

/** How things stand where a condition is evaluated. */
export interface Status {
  readonly success: (jobs: readonly string[]) => boolean;
  readonly failure: (jobs: readonly string[]) => boolean;
  readonly cancelled: () => boolean;
}

/** `success()`, `failure()`, `cancelled()` and `always()`; jobs may name the jobs they ask about. */
export const statusFunctions = (status: Status): readonly FunctionDefinition[] => [
  define('success', (...names) => status.success(names)),
  define('failure', (...names) => status.failure(names)),
  define('cancelled', () => status.cancelled()),
  define('always', () => true),
];

/** `hashFiles()` over a workspace. */
export const hashFilesFunction = (workspace: string): FunctionDefinition => ({
  name: 'hashfiles',
  minArgs: 1,
  maxArgs: 255,
  call: (...args) =>
    new data.StringData(
      hashFiles(
        workspace,
        args.map((argument) => argument.coerceString()),
      ),
    ),
});

const define = (name: string, answer: (...names: string[]) => boolean): FunctionDefinition => ({
  name,
  minArgs: 0,
  maxArgs: 255,
  call: (...args) =>
    new data.BooleanData(answer(...args.map((argument) => argument.coerceString()))),
});
