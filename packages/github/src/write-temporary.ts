import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunContext } from './run-context.ts';

/** Writes a file for later steps of the job, and gives its path. */
export async function writeTemporary(
  name: string,
  content: string | Uint8Array,
  env: RunContext['env'],
): Promise<string> {
  const folder = env.RUNNER_TEMP || tmpdir();
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, name.replace(/[^A-Za-z0-9._-]+/g, '-'));
  await writeFile(file, content);
  return file;
}
