import { spawn } from 'node:child_process';
import { mkdtempDisposable, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { inputVariable } from './parse-inputs.ts';

interface TestAction {
  /** Source of the contract's `inputs`. */
  readonly inputs?: string;
  /** Source of the contract's `outputs`. */
  readonly outputs?: string;
  /** Source of the body of `run`, with `inputs`, `context` and all that the package exports in scope. */
  readonly run: string;
  /** What the workflow gives, by input. */
  readonly given?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Sent as soon as the action prints `ready`. */
  readonly signal?: NodeJS.Signals;
}

/** What the runner would see of an action. */
export interface Outcome {
  readonly exitCode: number | null;
  /** Standard output, without the commands that mask secrets. */
  readonly log: string;
  readonly stderr: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
  readonly masked: readonly string[];
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs an action in a process of its own, in the environment that the runner gives. For tests. */
export async function runTestAction(action: TestAction): Promise<Outcome> {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'action-'));
  const file = (name: string): string => join(folder.path, name);
  await writeFile(file('main.ts'), sourceOf(action));
  await Promise.all(['output', 'summary'].map((name) => writeFile(file(name), '')));

  const child = spawn(process.execPath, [file('main.ts')], {
    cwd: folder.path,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      GITHUB_OUTPUT: file('output'),
      GITHUB_STEP_SUMMARY: file('summary'),
      RUNNER_TEMP: folder.path,
      ...variablesOf(action.given ?? {}),
      ...action.env,
    },
  });
  if (action.signal !== undefined) {
    child.stdout.on('data', (chunk: Buffer) => {
      if (chunk.includes('ready')) child.kill(action.signal);
    });
  }
  const exit = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [log, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return {
    stderr,
    exitCode: await exit,
    log: log.replace(/^::add-mask::.*\n/gm, ''),
    errors: commands(log, 'error'),
    warnings: commands(log, 'warning'),
    masked: commands(log, 'add-mask'),
    outputs: parseOutputs(await readFile(file('output'), 'utf8')),
    summary: await readFile(file('summary'), 'utf8'),
  };
}

const sourceOf = ({ inputs = '', outputs = '', run }: TestAction): string => `
  import * as github from ${JSON.stringify(import.meta.resolve('./index.ts'))};
  const { defineAction, input, runAction, registryInputs, legInputs, InputError } = github;
  const contract = defineAction({
    name: 'Test', description: 'For a test.', inputs: { ${inputs} }, outputs: { ${outputs} },
  });
  await runAction(contract, async (inputs: any, context: any): Promise<any> => { ${run} });
`;

const variablesOf = (given: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [inputVariable(name), value]));

// `::error title=DENIED::text`, as the runner reads it back: properties in front, escapes undone.
function commands(log: string, name: string): string[] {
  const pattern = new RegExp(`^::${name}(?: title=([^:]*))?::(.*)$`, 'gm');
  return [...log.matchAll(pattern)].map(([, title, message = '']) =>
    `${title === undefined ? '' : `[${title}] `}${message}`
      .replaceAll('%0A', '\n')
      .replaceAll('%0D', '\r')
      .replaceAll('%25', '%'),
  );
}

const parseOutputs = (content: string): Record<string, string> =>
  Object.fromEntries(
    [...content.matchAll(/^(.+?)<<(.+)\n([\s\S]*?)\n\2$/gm)].map(([, name = '', , value = '']) => [
      name,
      value,
    ]),
  );
