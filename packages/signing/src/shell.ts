import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';

/** A shell with what it started. */
export interface Shell {
  readonly process: ChildProcessByStdio<Writable, Readable, Readable>;
  /** Ends it, and all that it started and that did not go away from it. */
  end(): void;
}

const hasGroups = process.platform !== 'win32';

/** Starts a command as GitHub's `shell: bash` does, that one failing part of a pipe fails it; sh runs it where there is no bash. */
export async function startShell(command: string, env: NodeJS.ProcessEnv): Promise<Shell> {
  try {
    return await start('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', command], env);
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing) throw error;
    return start('sh', ['-ec', command], env);
  }
}

async function start(program: string, args: string[], env: NodeJS.ProcessEnv): Promise<Shell> {
  const child = spawn(program, args, { env, detached: hasGroups, windowsHide: true });
  await once(child, 'spawn');
  return { process: child, end: () => endGroup(child.pid) };
}

function endGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(hasGroups ? -pid : pid, 'SIGKILL');
  } catch {
    // It has ended.
  }
}
