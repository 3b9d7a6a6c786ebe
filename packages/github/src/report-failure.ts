import { OciError } from '@oci-matrix/oci';
import { clean, cut } from './clean.ts';
import { codeOf, hintFor } from './hint-subject.ts';
import { annotationLength, type Log } from './log.ts';
import type { Secrets } from './secrets.ts';
import { printCommand } from './workflow-command.ts';

interface Reporter {
  readonly log: Log;
  readonly secrets: Secrets;
  /** Prints our own stacks too. */
  readonly debug: boolean;
}

/** Explains a failure: its causes in the log, and one annotation with what happened and what to do. */
export function reportFailure(error: unknown, { log, secrets, debug }: Reporter): void {
  const causes = chainOf(error).slice(1);
  for (const cause of causes) log.info(`caused by ${describe(cause)}`);
  for (const link of [error, ...causes]) {
    if (link instanceof Error && (debug || !(link instanceof OciError))) log.info(stackOf(link));
  }
  // The hint must survive where the message is too long for an annotation.
  const hint = `\n${hintFor(error)}`;
  const message = error instanceof Error ? error.message || error.name : String(error);
  const text = cut(clean(secrets.redact(message)), annotationLength - hint.length) + hint;
  printCommand('error', text, codeOf(error));
}

const deepest = 20;

// The error and what caused it, the first in front; each once, since a chain may bite its tail.
function chainOf(error: unknown): unknown[] {
  const seen = new Set<unknown>();
  const visit = (link: unknown): void => {
    if (link == null || seen.has(link) || seen.size >= deepest) return;
    seen.add(link);
    if (!(link instanceof Error)) return;
    visit(link.cause);
    if (link instanceof AggregateError) for (const part of link.errors) visit(part);
  };
  visit(error);
  return [...seen];
}

function describe(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const code = 'code' in cause && typeof cause.code === 'string' ? ` (${cause.code})` : '';
  return `${cause.name}${code}: ${cause.message}`;
}

const stackOf = ({ stack = '' }: Error): string =>
  stack
    .split('\n')
    .filter((line) => line.startsWith('    at '))
    .join('\n');
