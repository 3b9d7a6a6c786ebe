import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';

/** A process of a step. */
export interface ProcessOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly directory: string;
  /** The whole environment: nothing of this process is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly onLine: (line: string) => void;
  readonly signal: AbortSignal;
}

/** Milliseconds that a cancelled process has after each signal, as on GitHub. */
const grace = { SIGINT: 7_500, SIGTERM: 2_500 };

/** Runs a process to its end and gives its exit code; a signal counts as 128 and its number. */
export async function runProcess({
  command,
  args,
  directory,
  environment,
  onLine,
  signal,
}: ProcessOptions): Promise<number> {
  const child = spawn(command, args, {
    cwd: directory,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Its own process group, so that what it started ends with it.
    detached: true,
  });
  const lines = [child.stdout, child.stderr].map(async (input) => {
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      onLine(line);
    }
  });
  const timers: NodeJS.Timeout[] = [];
  const stop = (): void => stopGroup(child.pid, timers);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) {
    stop();
  }
  try {
    const code = await new Promise<number>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (exitCode, name) =>
        resolve(exitCode ?? 128 + (name === null ? 0 : constants.signals[name])),
      );
    });
    // Whatever a step leaves running is ended with it: its pipes would stay open.
    kill(child.pid, 'SIGKILL');
    await Promise.all(lines);
    return code;
  } finally {
    timers.forEach(clearTimeout);
    signal.removeEventListener('abort', stop);
  }
}

function stopGroup(pid: number | undefined, timers: NodeJS.Timeout[]): void {
  kill(pid, 'SIGINT');
  timers.push(setTimeout(() => kill(pid, 'SIGTERM'), grace.SIGINT));
  timers.push(setTimeout(() => kill(pid, 'SIGKILL'), grace.SIGINT + grace.SIGTERM));
}

function kill(pid: number | undefined, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) {
      process.kill(-pid, signal);
    }
  } catch {
    // The group is gone already, which is what was wanted.
  }
}
