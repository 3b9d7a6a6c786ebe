import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The programs of other people that these tests run, where they are installed. */
export const toolNames = ['docker-registry', 'skopeo', 'podman'] as const;

export type ToolName = (typeof toolNames)[number];

/** The version that a tool says it has, as `2.8.2`; undefined where it is not installed. */
export function versionOf(tool: ToolName): string | undefined {
  const { error, stdout } = spawnSync(tool, ['--version'], { encoding: 'utf8' });
  return error === undefined ? (/\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? 'unknown') : undefined;
}

/** Runs a tool to its end and gives what it printed; its complaint is in the error. */
export async function runTool(tool: ToolName, ...args: readonly string[]): Promise<Buffer> {
  const { stdout } = await run(tool, args, {
    encoding: 'buffer',
    maxBuffer: 64 * 1024 * 1024,
    timeout: 100_000,
  });
  return stdout;
}

/** Runs skopeo, which is to talk plain http and to ask for no signatures. */
export const skopeo = (command: string, ...args: readonly string[]): Promise<Buffer> =>
  runTool('skopeo', '--insecure-policy', command, ...args);
