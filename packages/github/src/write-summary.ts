import { appendFile, stat } from 'node:fs/promises';
import { clean } from './clean.ts';
import type { RunContext } from './run-context.ts';

// The runner drops a larger one as a whole: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#step-isolation-and-limits
const largest = 1_048_576;

/** Adds to the step's summary. A summary is a courtesy: where it cannot be written, that is a line in the log. */
export async function writeSummary(
  markdown: string,
  { env, log, secrets }: Pick<RunContext, 'env' | 'log' | 'secrets'>,
): Promise<void> {
  const file = env.GITHUB_STEP_SUMMARY;
  if (!file) return;
  try {
    const size = await stat(file).then(
      (found) => found.size,
      () => 0,
    );
    await appendFile(file, fitSummary(`${clean(secrets.redact(markdown))}\n`, largest - size));
  } catch (error) {
    log.info(`the summary could not be written: ${error instanceof Error ? error.message : error}`);
  }
}

/** The whole text, or its first lines and a note that there is more, in at most so many bytes. */
export function fitSummary(markdown: string, bytes: number): string {
  const encoded = Buffer.from(markdown);
  if (encoded.length <= bytes) return markdown;
  const room = bytes - 400;
  const end = encoded.subarray(0, Math.max(0, room)).lastIndexOf('\n');
  const kept = encoded.subarray(0, end + 1).toString();
  return `${kept}${closingOf(kept)}\n_There is more than a summary can hold: ${encoded.length - end - 1} bytes are cut here._\n`;
}

// A note behind an open code block or fold would be swallowed by it.
function closingOf(markdown: string): string {
  const count = (pattern: RegExp): number => markdown.match(pattern)?.length ?? 0;
  const fence = count(/^```/gm) % 2 === 1 ? '```\n' : '';
  const folds = Math.max(0, count(/<details>/g) - count(/<\/details>/g));
  return `${fence}${'\n</details>\n'.repeat(Math.min(folds, 10))}`;
}
