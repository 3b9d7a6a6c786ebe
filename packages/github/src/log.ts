import { clean, cleanLine, cut } from './clean.ts';
import type { Secrets } from './secrets.ts';
import { printCommand, printLine } from './workflow-command.ts';

/** What a person reads while the step runs. Everything is cleaned and redacted on its way. */
export interface Log {
  info(text: string): void;
  /** A yellow annotation on the run; the runner keeps ten a step. */
  warning(text: string): void;
  /** A blue annotation on the run; the runner keeps ten a step. */
  notice(text: string): void;
  /** Folds what `work` prints under a title. Groups do not nest. */
  group<T>(title: string, work: () => Promise<T>): Promise<T>;
}

/** The runner cuts longer annotations without a word (actions/runner v2.336). */
export const annotationLength = 4096;

export function createLog(secrets: Secrets): Log {
  const annotation = (text: string): string => cut(secrets.redact(clean(text)), annotationLength);
  return {
    info: (text) => printLine(cleanLine(secrets.redact(text))),
    warning: (text) => printCommand('warning', annotation(text)),
    notice: (text) => printCommand('notice', annotation(text)),
    group: async (title, work) => {
      printCommand('group', annotation(title));
      try {
        return await work();
      } finally {
        printCommand('endgroup');
      }
    },
  };
}
