import { rmSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own, removed when it is disposed of, and at the latest when the process ends. */
export interface TemporaryDirectory extends AsyncDisposable {
  readonly path: string;
}

const leftovers = new Set<string>();

export async function temporaryDirectory(name: string): Promise<TemporaryDirectory> {
  const path = await mkdtemp(join(tmpdir(), `${name}-`));
  // One listener for all folders: Node warns of more than ten.
  if (leftovers.size === 0) {
    process.on('exit', removeLeftovers);
  }
  leftovers.add(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      leftovers.delete(path);
      if (leftovers.size === 0) {
        process.off('exit', removeLeftovers);
      }
    },
  };
}

function removeLeftovers(): void {
  for (const path of leftovers) {
    rmSync(path, { recursive: true, force: true });
  }
}
