import { readFile } from 'node:fs/promises';
import { InputError } from './input-error.ts';

/** The text of the file that the input `records-file` names. */
export const readRecordsFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw new InputError([
      {
        input: 'records-file',
        reason: `${JSON.stringify(file)} cannot be read: ${cause instanceof Error ? cause.message : cause}`,
        hint: 'Name the "records-file" output of aggregate-outputs; in another job, take its "records" output instead.',
      },
    ]);
  });
