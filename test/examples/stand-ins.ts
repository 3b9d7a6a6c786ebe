import { readdir, readFile } from 'node:fs/promises';
import { join, sep } from 'node:path';

const folder = join(import.meta.dirname, 'stand-ins');

/** Files for a checkout: actions that do, for a test, what third parties' actions do on GitHub. */
export async function standIns(): Promise<Record<string, string>> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = found
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    await Promise.all(
      paths.map(async (path) => [
        `stand-ins${path.slice(folder.length).replaceAll(sep, '/')}`,
        await readFile(path, 'utf8'),
      ]),
    ),
  );
}

/** The text of a workflow with stand-ins in the place of third parties' actions, but for actions/checkout. */
export const withStandIns = (workflow: string): string =>
  workflow.replace(
    /uses: (?<action>docker\/[\w-]+|actions\/(?:upload|download)-artifact)@[0-9a-f]{40}/g,
    'uses: $$/stand-ins/$<action>',
  );
