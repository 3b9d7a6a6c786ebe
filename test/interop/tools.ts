import { execFile, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where `.ci/build-tools` puts what it builds. */
const built = join(import.meta.dirname, '../../.cache/tools');

interface Tool {
  /** What it is called on a disk. */
  readonly program: string;
  /** How it is asked for its version. */
  readonly ask: string;
  /** Where its version is in the answer. */
  readonly version: RegExp;
}

const asked = (program: string, ask: string, version = /\d+(?:\.\d+)+/): Tool => ({
  ...{ program, ask, version },
});

const tools = {
  'docker-registry': asked('docker-registry', '--version'),
  // Both lines of distribution have a program of this name: only the third says so.
  distribution: asked('registry', '--version', /(?<=distribution\/v3 v)\d+(?:\.\d+)+/),
  olareg: asked('olareg', 'version'),
  crane: asked('crane', 'version'),
  oras: asked('oras', 'version'),
  regctl: asked('regctl', 'version'),
  skopeo: asked('skopeo', '--version'),
  podman: asked('podman', '--version'),
  cosign: asked('cosign', 'version', /(?<=GitVersion:\s+v)\d+(?:\.\d+)+/),
};

export type ToolName = keyof typeof tools;

/** The programs of other people that these tests run, where they are installed. */
export const toolNames: readonly ToolName[] = [
  'docker-registry',
  'distribution',
  'olareg',
  'crane',
  'oras',
  'regctl',
  'skopeo',
  'podman',
  'cosign',
];

/** The program to run: the one that was built at the pinned version, else one from the path. */
export function programOf(tool: ToolName): string {
  const { program } = tools[tool];
  const pinned = join(built, program);
  return existsSync(pinned) ? pinned : program;
}

const versions = new Map<ToolName, string | undefined>();

/** The version that a tool says it has, as `2.8.2`; undefined where it is not installed. */
export function versionOf(tool: ToolName): string | undefined {
  if (!versions.has(tool)) versions.set(tool, askedVersionOf(tool));
  return versions.get(tool);
}

function askedVersionOf(tool: ToolName): string | undefined {
  const { ask, version } = tools[tool];
  const { stdout } = spawnSync(programOf(tool), [ask], { encoding: 'utf8', timeout: 20_000 });
  return version.exec(stdout ?? '')?.[0];
}

export interface RunOptions {
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** The folder it runs in. */
  readonly cwd?: string;
}

/** Runs a tool to its end and gives what it printed; its complaint is in the error. */
export async function runTool(
  tool: ToolName,
  args: readonly string[],
  { env = {}, ...options }: RunOptions = {},
): Promise<Buffer> {
  const { stdout } = await run(programOf(tool), args, {
    ...options,
    encoding: 'buffer',
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
    timeout: 100_000,
  });
  return stdout;
}

/** Runs skopeo, which is to talk plain http and to ask for no signatures. */
export const skopeo = (command: string, ...args: readonly string[]): Promise<Buffer> =>
  runTool('skopeo', ['--insecure-policy', command, ...args]);
