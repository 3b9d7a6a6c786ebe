import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryDirectory } from '@oci-matrix/testing';
import { childEnvironment, endOf } from './command.ts';
import type { ServerName } from './options.ts';
import { findProgram, type Program } from './programs.ts';
import { ownVersion } from './versions.ts';

/** A kind of registry that can be started here. */
export interface ServerKind {
  readonly name: ServerName;
  readonly version: string;
  /** Takes a whole blob in one POST. */
  readonly singlePost: boolean;
  /** Starts one with nothing in it. */
  start(): Promise<Server>;
}

/** A registry in a process of its own, on loopback; disposing of it ends it and removes what it stored. */
export interface Server extends AsyncDisposable {
  readonly port: number;
}

interface Recipe {
  readonly singlePost: boolean;
  readonly program: () => Program | undefined;
  /** Its words, once its configuration is written to the folder. */
  readonly words: (port: number, folder: string) => Promise<string[]> | string[];
}

const embedded = join(import.meta.dirname, '../registry/main.ts');

const recipes: Readonly<Record<ServerName, Recipe>> = {
  'docker-registry': {
    singlePost: false,
    program: () => findProgram('docker-registry', ['--version']),
    words: configured,
  },
  distribution: {
    singlePost: false,
    program: () => findProgram('registry', ['--version']),
    words: configured,
  },
  olareg: {
    singlePost: true,
    program: () => findProgram('olareg', ['version']),
    words: (port, folder) => [
      ...['serve', '--addr', '127.0.0.1', '--port', String(port), '--dir', folder],
      ...['--api-delete', '--api-blob-delete'],
    ],
  },
  embedded: {
    singlePost: true,
    program: () => ({ path: process.execPath, version: ownVersion() }),
    words: (port, folder) => [embedded, '--port', String(port), '--storage', folder],
  },
};

async function configured(port: number, folder: string): Promise<string[]> {
  const file = join(folder, 'config.yml');
  const config = {
    version: '0.1',
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'storage') }, delete: { enabled: true } },
    http: { addr: `127.0.0.1:${port}`, secret: 'for this run' },
  };
  // YAML reads JSON as it is.
  await writeFile(file, JSON.stringify(config));
  return ['serve', file];
}

/** Finds a kind of registry; undefined where it is not installed. */
export function findServer(name: ServerName): ServerKind | undefined {
  const { singlePost, program: find, words } = recipes[name];
  const program = find();
  if (program === undefined) return undefined;
  const { path, version } = program;
  return { name, version, singlePost, start: () => startServer(name, path, words) };
}

async function startServer(name: string, path: string, words: Recipe['words']): Promise<Server> {
  await using started = new AsyncDisposableStack();
  const folder = started.use(await temporaryDirectory('bench-server'));
  const port = await freePort();
  const child = spawn(path, await words(port, folder.path), {
    stdio: 'ignore',
    env: childEnvironment(folder.path),
  });
  const ended = endOf(child);
  // Who waits for it hears of an error; nobody may.
  ended.catch(() => undefined);
  started.defer(() => stop(child, ended));
  await Promise.race([
    answering(port),
    ended.then((reason) => {
      throw new Error(`${name} did not start: it ${reason ?? 'ended'}`);
    }),
  ]);
  const all = started.move();
  return { port, [Symbol.asyncDispose]: () => all.disposeAsync() };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

const patience = 10_000;

async function answering(port: number): Promise<void> {
  const overdue = performance.now() + patience;
  while (performance.now() < overdue) {
    const answer = await fetch(`http://127.0.0.1:${port}/v2/`).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(20);
  }
  throw new Error(`no registry answers at 127.0.0.1:${port} after ${patience / 1000} s`);
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill();
  await ended.catch(() => undefined);
}
