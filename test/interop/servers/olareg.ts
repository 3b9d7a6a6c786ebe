import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, isListening } from './port.ts';
import { runServer } from './run-server.ts';
import { type Access, login, passwordHash, type Server } from './server.ts';

const flags = { basic: '--auth-basic', token: '--auth-token-opaque' } as const;

/** Starts olareg on a port that was free just now: it takes no port 0, and says nothing once it listens. */
export async function startOlareg(access: Access): Promise<Server> {
  const port = await freePort();
  const host = `127.0.0.1:${port}`;
  return runServer('olareg', async (folder) => {
    const users = join(folder, 'users.yml');
    await writeFile(users, JSON.stringify(userFile));
    const auth =
      access === 'anonymous' ? [] : [flags[access], users, '--external-url', `http://${host}`];
    const where = ['--addr', '127.0.0.1', '--port', String(port), '--dir', join(folder, 'storage')];
    return {
      args: ['serve', ...where, '--api-delete', '--api-blob-delete', ...auth],
      listening: async (log) => {
        await Promise.race([isListening(port), log.line(/never/)]);
        return host;
      },
    };
  });
}

const userFile = {
  users: { [login.username]: { cred: passwordHash } },
  acls: [
    { repo: '*', members: [login.username], access: ['read', 'write', 'delete'] },
    { repo: '', members: [login.username], access: ['read'] },
  ],
};
