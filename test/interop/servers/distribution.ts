import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Log, runServer } from './run-server.ts';
import { type Access, login, passwordHash, type Server } from './server.ts';
import { startTokenServer, type TokenServer } from './token-server.ts';

/** Starts docker-registry, which is the second line of distribution, or the third, on a free port. */
export async function startDistribution(
  line: 'docker-registry' | 'distribution',
  access: Access,
): Promise<Server> {
  await using started = new AsyncDisposableStack();
  const tokens = access === 'token' ? started.use(await startTokenServer()) : undefined;
  const { host } = started.use(
    await runServer(line, async (folder) => {
      const config = join(folder, 'config.yml');
      const auth =
        access === 'basic' ? await passwordFile(folder) : await certificateFile(folder, tokens);
      // YAML reads JSON as it is.
      await writeFile(config, JSON.stringify({ ...settings(folder), ...auth }));
      return { args: ['serve', config], listening };
    }),
  );
  const running = started.move();
  return { host, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

const settings = (folder: string) => ({
  version: '0.1',
  log: { accesslog: { disabled: true } },
  storage: {
    filesystem: { rootdirectory: join(folder, 'storage') },
    delete: { enabled: true },
  },
  http: { addr: '127.0.0.1:0', secret: 'for this run' },
});

async function passwordFile(folder: string): Promise<object> {
  const path = join(folder, 'passwords');
  await writeFile(path, `${login.username}:${passwordHash}\n`);
  return { auth: { htpasswd: { realm: 'interop', path } } };
}

async function certificateFile(folder: string, tokens: TokenServer | undefined): Promise<object> {
  if (tokens === undefined) return {};
  const { certificate, issuer, realm, service } = tokens;
  const rootcertbundle = join(folder, 'issuer.pem');
  await writeFile(rootcertbundle, certificate);
  return { auth: { token: { realm, service, issuer, rootcertbundle } } };
}

async function listening(log: Log): Promise<string> {
  const { groups } = await log.line(/listening on (?<host>127\.0\.0\.1:\d+)/);
  return groups?.host ?? '';
}
