import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { watchMemory } from './peak-memory.ts';

/** A process to start. */
export interface Command {
  readonly program: string;
  readonly words: readonly string[];
  readonly directory: string;
  /** The whole environment: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  /** A file that it reads as its standard input. */
  readonly input?: string;
}

/** What every process of the bench is started with: nothing of what the user has configured. */
export const childEnvironment = (home: string): Record<string, string> => ({
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  HOME: home,
  LANG: 'C.UTF-8',
});

const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Ends the process that this runs in, and with it what it started, when somebody interrupts it. */
export function endOnSignals(): void {
  // An exit removes temporary folders as well.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
}

let commands = 0;

/** Runs a command to its end and gives its peak memory. One that fails is an error with the end of what it printed. */
export async function runCommand(command: Command, scratch: string): Promise<number | undefined> {
  commands += 1;
  const log = join(scratch, `command-${commands}.log`);
  const { program, words, directory, environment, input } = command;
  const output = openSync(log, 'w');
  const source = openSync(input ?? devNull, 'r');
  try {
    const child = spawn(program, words, {
      cwd: directory,
      env: environment,
      stdio: [source, output, output],
    });
    const memory = watchMemory(child.pid ?? 0);
    const reason = await endOf(child).finally(memory.end);
    if (reason !== undefined) throw new Error(failureOf(command, reason, log));
    return memory.end();
  } finally {
    closeSync(output);
    closeSync(source);
  }
}

/** Waits for the end of a process; gives what went wrong with it, if anything did. */
export async function endOf(child: ChildProcess): Promise<string | undefined> {
  running.add(child);
  try {
    return await new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) =>
        resolve(code === 0 ? undefined : `ended with ${signal ?? code}`),
      );
    });
  } finally {
    running.delete(child);
  }
}

function failureOf({ program, words }: Command, reason: string, log: string): string {
  const printed = readFileSync(log, 'utf8').trim().split('\n').slice(-8).join('\n');
  return `${[program, ...words].join(' ')} ${reason}: ${printed}`;
}
