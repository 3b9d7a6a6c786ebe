import { readFileSync } from 'node:fs';
import type { ActionResult, RunEvent } from '@oci-matrix/testing';
import { type ActOptions, act } from './act.ts';

/** Measures the image in `image.tar`, unless something else is said. */
export const measure = (
  files: ActOptions['files'],
  given: Readonly<Record<string, string>> = {},
  options: ActOptions = {},
): Promise<ActionResult> =>
  act('measure-layers', {
    ...(files === undefined ? {} : { files }),
    with: { source: 'oci-archive:image.tar', ...given },
    ...options,
  });

/** The same, and the document that it leaves behind, which goes with the job. */
export async function measured(
  files: ActOptions['files'],
  given: Readonly<Record<string, string>> = {},
): Promise<{ result: ActionResult; text: string }> {
  let text = '';
  const onEvent = (event: RunEvent): void => {
    const [, path] = /^wrote (.+)$/.exec(event.type === 'log' ? event.line : '') ?? [];
    if (path !== undefined) text = readFileSync(path, 'utf8');
  };
  const result = await measure(files, given, { onEvent });
  return { result, text };
}
