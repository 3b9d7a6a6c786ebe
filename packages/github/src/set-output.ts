import { randomUUID } from 'node:crypto';
import { appendFileSync } from 'node:fs';

/**
 * Adds an output to the runner's file of them:
 * https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#multiline-strings
 */
export function setOutput(file: string, name: string, text: string): void {
  // Made anew each time: no text can end itself early, and set an output of its own.
  const end = `end_${randomUUID()}`;
  appendFileSync(file, `${name}<<${end}\n${text}\n${end}\n`);
}
