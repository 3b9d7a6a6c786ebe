import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  type ActionResult,
  type RunActionOptions,
  runAction,
  type TemporaryDirectory,
  temporaryDirectory,
} from '@oci-matrix/testing';

/** The repository, whose actions run from its `dist/`. */
export const checkout = join(import.meta.dirname, '../..');

export type FileContents = Readonly<Record<string, string | Uint8Array>>;

/** A folder with these files, by path. */
export async function folderWith(files: FileContents): Promise<TemporaryDirectory> {
  const folder = await temporaryDirectory('workspace');
  for (const [path, content] of Object.entries(files)) {
    const file = join(folder.path, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

export interface ActOptions extends Omit<RunActionOptions, 'action' | 'checkout'> {
  /** What the workspace holds, where no other one is named. */
  readonly files?: FileContents;
}

/** Runs one of our actions as a step of a job would: built, in a process of its own. */
export async function act(
  action: string,
  { files = {}, ...options }: ActOptions,
): Promise<ActionResult> {
  await using workspace = await folderWith(files);
  return await runAction({
    checkout,
    action: `actions/${action}`,
    workspace: workspace.path,
    ...options,
  });
}
