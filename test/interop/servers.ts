import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { temporaryDirectory } from '@oci-matrix/testing';

/** A registry that runs as its own process on loopback; disposing of it ends it and removes what it stored. */
export interface Server extends AsyncDisposable {
  /** `127.0.0.1:PORT`, the registry's name in references. */
  readonly host: string;
}

/** The one login that a registry with `auth: 'basic'` knows. */
export const login = { username: 'octo', password: 'correct horse' } as const;

// Its bcrypt hash: the file that docker-registry reads takes no other kind.
const passwords = `${login.username}:$2b$04$tCZe4lLMxQp.Yyx3hdDi3ei1aholAXDxNsJZjxCl5pdFqsrxt/77O\n`;

export interface DockerRegistryOptions {
  /** Everybody may do everything unless given. */
  readonly auth?: 'basic';
}

/** Starts docker-registry, the 2.x line of distribution, on a free port and with a folder of its own. */
export async function startDockerRegistry({ auth }: DockerRegistryOptions = {}): Promise<Server> {
  const folder = await temporaryDirectory('docker-registry');
  const at = (name: string): string => join(folder.path, name);
  const config = {
    version: '0.1',
    log: { accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: at('storage') }, delete: { enabled: true } },
    http: { addr: '127.0.0.1:0', secret: 'for this run' },
    ...(auth === 'basic'
      ? { auth: { htpasswd: { realm: 'interop', path: at('passwords') } } }
      : {}),
  };
  await writeFile(at('passwords'), passwords);
  // YAML reads JSON as it is.
  await writeFile(at('config.yml'), JSON.stringify(config));

  const child = spawn('docker-registry', ['serve', at('config.yml')], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder.path },
  });
  const atExit = (): boolean => child.kill();
  process.on('exit', atExit);
  const stop = async (): Promise<void> => {
    process.off('exit', atExit);
    await stopped(child);
    await folder[Symbol.asyncDispose]();
  };
  try {
    return { host: await hostOf(child), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Reads the address that the kernel chose from the server's log, and goes on reading so that it never blocks. */
async function hostOf(child: ChildProcess): Promise<string> {
  const { stderr } = child;
  if (stderr === null) throw new TypeError('the log of docker-registry is not piped');
  const lines: string[] = [];
  const log = createInterface(stderr);
  const listening = new Promise<string>((resolve, reject) => {
    log.on('line', (line) => {
      lines.push(line);
      const host = /listening on (?<host>127\.0\.0\.1:\d+)/.exec(line)?.groups?.host;
      if (host !== undefined) resolve(host);
    });
    child.on('error', reject);
    log.on('close', () => reject(new Error(`docker-registry did not start: ${lines.join('\n')}`)));
  });
  return listening;
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}
