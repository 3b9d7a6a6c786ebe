import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { type TemporaryDirectory, temporaryDirectory } from '@oci-matrix/testing';
import { programOf, type ToolName } from '../tools.ts';
import type { Server } from './server.ts';

/** What a server says of itself on standard error. */
export interface Log {
  /** Gives the first line that matches; throws when the server ends before. */
  line(pattern: RegExp): Promise<RegExpExecArray>;
}

export interface ServerPlan {
  readonly args: readonly string[];
  /** Gives the `127.0.0.1:PORT` that it listens on, once it does. */
  readonly listening: (log: Log) => Promise<string>;
}

/** Starts a server with a folder of its own, where its files can be put before. */
export async function runServer(
  tool: ToolName,
  prepare: (folder: string) => Promise<ServerPlan>,
): Promise<Server> {
  const folder = await temporaryDirectory(tool);
  const { args, listening } = await prepare(folder.path);
  const child = spawn(programOf(tool), args, {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder.path },
  });
  const stop = stopper(child, folder);
  try {
    return { host: await listening(readLog(tool, child)), [Symbol.asyncDispose]: stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function stopper(child: ChildProcess, folder: TemporaryDirectory): () => Promise<void> {
  const atExit = (): boolean => child.kill();
  process.on('exit', atExit);
  return async () => {
    process.off('exit', atExit);
    await stopped(child);
    await folder[Symbol.asyncDispose]();
  };
}

async function stopped(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill();
  await exited;
}

/** Goes on reading for as long as the server runs, so that it never blocks. */
function readLog(tool: ToolName, child: ChildProcess): Log {
  const { stderr } = child;
  if (stderr === null) throw new TypeError(`the log of ${tool} is not piped`);
  const lines: string[] = [];
  const log = createInterface(stderr);
  log.on('line', (line) => lines.push(line));
  const ended = new Promise<never>((_, reject) => {
    child.on('error', reject);
    log.on('close', () => reject(new Error(`${tool} ended: ${lines.join('\n')}`)));
  });
  // A server that ends when it is told to is no failure.
  ended.catch(() => undefined);
  const line = (pattern: RegExp): Promise<RegExpExecArray> => {
    const found = new Promise<RegExpExecArray>((resolve) => {
      log.on('line', (text) => {
        const match = pattern.exec(text);
        if (match !== null) resolve(match);
      });
    });
    return Promise.race([found, ended]);
  };
  return { line };
}
