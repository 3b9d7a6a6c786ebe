import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { listenTo } from './complaint.ts';
import { SigningError } from './error.ts';
import { type Shell, startShell } from './shell.ts';

export interface CommandOptions {
  /** For bash, or for sh where there is no bash. */
  readonly command: string;
  /** Its whole environment. */
  readonly env: NodeJS.ProcessEnv;
  /** Milliseconds until it is ended. */
  readonly timeout: number;
  readonly signal: AbortSignal | undefined;
  readonly onLine: (line: string) => void;
}

const maxOutput = 64 * 1024;

// A server that the command left behind may hold its pipes open for as long as it runs.
const grace = 1000;

/** Gives a command some bytes on its standard input and returns its standard output. Throws `SIGN_COMMAND`, or the reason of the signal. */
export async function runCommand(input: Uint8Array, options: CommandOptions): Promise<Buffer> {
  const { command, env, signal, onLine } = options;
  signal?.throwIfAborted();
  const shell = await startShell(command, env).catch((cause: unknown) => {
    throw failed('cannot be started', cause);
  });
  const { process: child } = shell;
  using _ended = { [Symbol.dispose]: () => leave(shell) };
  const closed = once(child, 'close');
  const complaint = listenTo(child.stderr, onLine);
  // It may end before it has read its input.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const output = collect(shell);
  const exit = await exitOf(shell, options, output);
  await Promise.race([closed, output.tooMuch, delay(grace, undefined, { ref: false })]);
  if (exit !== 'exit status 0') throw failed(`ended with ${exit}${complaint.end()}`);
  if (output.size() === 0) throw failed(`printed no signature${complaint.end()}`);
  return output.bytes();
}

function leave({ process: child, end }: Shell): void {
  end();
  child.stdout.destroy();
  child.stderr.destroy();
}

interface Output {
  /** Rejects as soon as there is too much of it. */
  readonly tooMuch: Promise<never>;
  size(): number;
  bytes(): Buffer;
}

function collect({ process: { stdout } }: Shell): Output {
  const { promise: tooMuch, reject } = Promise.withResolvers<never>();
  const chunks: Buffer[] = [];
  let size = 0;
  stdout.on('data', (chunk: Buffer) => {
    size += chunk.byteLength;
    if (size > maxOutput) reject(failed(`printed more than ${maxOutput} bytes`));
    else chunks.push(chunk);
  });
  return { tooMuch, size: () => size, bytes: () => Buffer.concat(chunks) };
}

/** Waits for the end of the shell itself, for the limit or for the signal, whatever comes first. */
async function exitOf(
  { process: child }: Shell,
  { timeout, signal }: CommandOptions,
  { tooMuch }: Output,
): Promise<string> {
  const limit = AbortSignal.timeout(timeout);
  const stop = AbortSignal.any(signal === undefined ? [limit] : [limit, signal]);
  const exited = once(child, 'exit', { signal: stop });
  try {
    const [code, killedBy]: unknown[] = await Promise.race([exited, tooMuch]);
    return code === null ? `signal ${killedBy}` : `exit status ${code}`;
  } catch (error) {
    if (!stop.aborted) throw error;
    signal?.throwIfAborted();
    throw failed(`did not end in ${timeout} ms`);
  } finally {
    exited.catch(() => undefined);
  }
}

const failed = (what: string, cause?: unknown): SigningError =>
  new SigningError('SIGN_COMMAND', `the command that signs ${what}`, {
    hint: 'Try the command in a step of its own: it reads what is to be signed from standard input, and prints the signature.',
    cause,
  });
