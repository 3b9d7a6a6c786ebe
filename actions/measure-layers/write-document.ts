import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { RunContext } from '@oci-matrix/github';
import { digestOf, encodedOf } from '@oci-matrix/oci';

/** Writes the document by the name that others give it, in a folder of its own for each content, and gives its path. */
export async function writeDocument(text: string, env: RunContext['env']): Promise<string> {
  const mark = encodedOf(digestOf(text)).slice(0, 8);
  const folder = path.join(env.RUNNER_TEMP || tmpdir(), `oci-matrix-layers-${mark}`);
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, 'layers_meta.json');
  await writeFile(file, text);
  return file;
}
