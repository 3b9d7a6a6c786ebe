import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';

/** Files by their paths, written with slashes. */
export type FileTree = ReadonlyMap<string, string | Uint8Array>;

/** The paths of all files under a folder, written with slashes, sorted; none if there is no folder. */
export async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** A sentence for each file under the root that differs from what it should be. `owned` are the folders that hold nothing else. */
export async function differences(
  root: string,
  expected: FileTree,
  owned: readonly string[],
): Promise<string[]> {
  const lines: string[] = [];
  for (const [path, content] of expected) {
    const actual = await readFile(join(root, path)).catch(() => undefined);
    if (actual === undefined) lines.push(`${path} is missing`);
    else if (!actual.equals(Buffer.from(content))) lines.push(`${path} is out of date`);
  }
  for (const path of await strangers(root, expected, owned)) lines.push(`${path} is too many`);
  return lines.sort();
}

/** Makes the files under the root what they should be. */
export async function writeFiles(
  root: string,
  expected: FileTree,
  owned: readonly string[],
): Promise<void> {
  for (const [path, content] of expected) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  for (const path of await strangers(root, expected, owned)) await rm(join(root, path));
}

async function strangers(
  root: string,
  expected: FileTree,
  owned: readonly string[],
): Promise<string[]> {
  const found = await Promise.all(
    owned.map(async (folder) =>
      (await listFiles(join(root, folder))).map((path) => `${folder}/${path}`),
    ),
  );
  return found.flat().filter((path) => !expected.has(path));
}
