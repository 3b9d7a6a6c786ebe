import { randomUUID } from 'node:crypto';
import { accessSync, constants } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { StepError } from './error.ts';

/** How a script is run: the command with `{0}` for the file, and the file's extension. */
interface Shell {
  readonly template: string;
  readonly extension: string;
}

const named: ReadonlyMap<string, Shell> = new Map([
  ['bash', { template: 'bash --noprofile --norc -eo pipefail {0}', extension: '.sh' }],
  ['sh', { template: 'sh -e {0}', extension: '.sh' }],
  ['python', { template: 'python {0}', extension: '.py' }],
  ['pwsh', { template: "pwsh -command . '{0}'", extension: '.ps1' }],
]);

/** Writes a script where its shell finds it, and gives the command that runs it. */
export async function prepareScript(
  script: string,
  {
    shell,
    path,
    directory,
  }: { readonly shell: string; readonly path: string; readonly directory: string },
): Promise<{ command: string; args: string[] }> {
  const { template, extension } = shellOf(shell, path);
  if (!template.includes('{0}')) {
    throw new StepError(`the shell ${JSON.stringify(shell)} has no {0} for the script`, {
      hint: 'Write the place of the script into the shell, such as "node {0}".',
    });
  }
  const file = join(directory, `${randomUUID()}${extension}`);
  await writeFile(file, script.endsWith('\n') ? script : `${script}\n`);
  const [program = '', ...args] = template.split(/\s+/).map((part) => part.replace('{0}', file));
  const command = program.includes('/') ? program : findProgram(program, path);
  if (command === undefined) {
    throw new StepError(`the shell ${program} is not on the PATH of the step`, {
      hint: 'Install it, or use a shell that the machine has.',
    });
  }
  return { command, args };
}

/** Without `shell:` it is bash without pipefail, or sh where there is no bash. */
function shellOf(shell: string, path: string): Shell {
  if (shell === '') {
    const program = findProgram('bash', path) === undefined ? 'sh' : 'bash';
    return { template: `${program} -e {0}`, extension: '.sh' };
  }
  return named.get(shell) ?? { template: shell, extension: '' };
}

function findProgram(name: string, path: string): string | undefined {
  return path
    .split(delimiter)
    .map((directory) => join(directory, name))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
