import { spawn } from 'node:child_process';
import { once } from 'node:events';

export interface HelperResult {
  readonly exitCode: number | null;
  readonly stdout: string;
}

/** Runs `docker-credential-<name> get` with the server on its standard input; undefined if there is no such program. */
export type RunHelper = (name: string, server: string) => Promise<HelperResult | undefined>;

const timeout = 60_000;
const maxOutput = 1024 * 1024;

/** Runs helpers found by the PATH of this environment. A helper that hangs, or talks without end, is stopped. */
export const createRunHelper =
  (env: Readonly<Record<string, string | undefined>>): RunHelper =>
  async (name, server) => {
    const child = spawn(`docker-credential-${name}`, ['get'], {
      env,
      stdio: ['pipe', 'pipe', 'ignore'],
      signal: AbortSignal.timeout(timeout),
      windowsHide: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.byteLength;
      if (size > maxOutput) child.kill();
    });
    // A helper may end before it has read its input.
    child.stdin.on('error', () => {});
    child.stdin.end(server);
    try {
      const [exitCode]: unknown[] = await once(child, 'close');
      const stdout = Buffer.concat(chunks).toString('utf8');
      return { exitCode: typeof exitCode === 'number' ? exitCode : null, stdout };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
      throw error;
    }
  };
