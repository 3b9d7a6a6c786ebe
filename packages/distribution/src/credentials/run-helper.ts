import { once } from 'node:events';
import { AuthError } from '../error/auth-error.ts';
import type { Environment } from './config-paths.ts';

export interface HelperResult {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** Runs `docker-credential-<name> get` with the server on its standard input; undefined if there is no such program. */
export type RunHelper = (name: string, server: string) => Promise<HelperResult | undefined>;

const maxOutput = 1024 * 1024;

/** Runs helpers found by the PATH of this environment. One that takes longer than `timeout` milliseconds, or talks without end, is stopped: `AuthError`. */
export const createRunHelper =
  (env: Environment, timeout = 60_000): RunHelper =>
  async (name, server) => {
    const program = `docker-credential-${name}`;
    const fail = (what: string, cause?: unknown): AuthError =>
      new AuthError('NO_CREDENTIALS', `${program} ${what}`, cause);
    // Few need it.
    const { spawn } = await import('node:child_process');
    const child = spawn(program, ['get'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const { promise: stopped, reject: stop } = Promise.withResolvers<never>();
    const timer = setTimeout(() => stop(fail(`did not answer in ${timeout} ms`)), timeout);
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > maxOutput) stop(fail(`gave more than ${maxOutput} bytes`));
    });
    // A helper may end before it has read its input.
    child.stdin.on('error', () => {});
    child.stdin.end(server);
    try {
      const [exitCode]: unknown[] = await Promise.race([once(child, 'close'), stopped]);
      const stdout = Buffer.concat(chunks).toString('utf8');
      return { exitCode: typeof exitCode === 'number' ? exitCode : null, stdout };
    } catch (error) {
      if (error instanceof AuthError) throw error;
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'ENOENT') return undefined;
      throw fail(`cannot be run: ${code}`, error);
    } finally {
      clearTimeout(timer);
      child.kill('SIGKILL');
      // What the helper started may hold its end of the pipe for longer.
      child.stdout.destroy();
    }
  };
