import { stat } from 'node:fs/promises';
import { openDockerArchive } from './docker-archive.ts';
import { MatrixError } from './error.ts';
import { type Layout, openLayoutArchive, openLayoutDirectory } from './layout.ts';
import { withName } from './layout-names.ts';
import { parseSource } from './parse-source.ts';

const openers = {
  oci: openLayoutDirectory,
  'oci-archive': openLayoutArchive,
  'docker-archive': openDockerArchive,
} as const;

/** Opens `oci:DIRECTORY`, `oci-archive:FILE` or `docker-archive:FILE`, each with `:NAME` behind it where one image is meant. */
export async function openLayout(source: string): Promise<Layout> {
  const parsed = parseSource(source);
  if (parsed.kind === 'repository') {
    throw new MatrixError('INPUT_INVALID', `${source} is not on this machine`);
  }
  const { path, name } = await splitName(parsed.path);
  const layout = await openers[parsed.kind](path);
  return name === undefined ? layout : withName(layout, source, name);
}

// A path may have a colon itself, as it must on Windows: what is there whole is a path.
async function splitName(text: string): Promise<{ path: string; name?: string }> {
  const [, path, name] = /^(?<path>(?:[A-Za-z]:[\\/])?[^:]+):(?<name>.+)$/.exec(text) ?? [];
  if (path === undefined || name === undefined || (await isThere(text))) return { path: text };
  return { path, name };
}

const isThere = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );
