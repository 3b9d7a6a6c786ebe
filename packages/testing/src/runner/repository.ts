import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type TemporaryDirectory, temporaryDirectory } from './temporary.ts';

/** A checkout with these files, by path, for as long as a test needs it. */
export async function temporaryRepository(
  files: Readonly<Record<string, string>>,
): Promise<TemporaryDirectory> {
  const directory = await temporaryDirectory('repository');
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(directory.path, path)), { recursive: true });
    await writeFile(join(directory.path, path), content);
  }
  return directory;
}
