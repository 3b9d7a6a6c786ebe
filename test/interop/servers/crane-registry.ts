import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runServer } from './run-server.ts';
import type { Server } from './server.ts';

/** Starts the registry that crane has in it: of manifests in memory, and without logins. */
export const startCraneRegistry = (): Promise<Server> =>
  runServer('crane', async (folder) => {
    const blobs = join(folder, 'blobs');
    await mkdir(blobs);
    return {
      args: ['registry', 'serve', '--address', '127.0.0.1:0', '--disk', blobs],
      listening: async (log) => {
        const { groups } = await log.line(/serving on port (?<port>\d+)/);
        return `127.0.0.1:${groups?.port}`;
      },
    };
  });
