import { canonicalText } from '@oci-matrix/oci';
import { camelCase } from './camel-case.ts';
import type { ActionContract, Outputs } from './contract.ts';
import type { RunContext } from './run-context.ts';
import { setOutput } from './set-output.ts';

// 1 MB for all outputs of a job, counted in UTF-16: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idoutputs
const largest = 1_000_000;

/** Sets the step's outputs, and warns of those that cannot become outputs of the job. */
export function writeOutputs<C extends ActionContract>(
  { outputs: declared }: C,
  outputs: Outputs<C>,
  { env, log, secrets }: Pick<RunContext, 'env' | 'log' | 'secrets'>,
): void {
  const values = new Map<string, unknown>(Object.entries(outputs));
  for (const name of Object.keys(declared)) {
    const value = values.get(camelCase(name));
    if (value === undefined) continue;
    const text = typeof value === 'string' ? value : canonicalText(value);
    if (env.GITHUB_OUTPUT) setOutput(env.GITHUB_OUTPUT, name, text);
    else log.info(`${name}=${text}`);
    const trouble = troubleWith(text, secrets.contains(text));
    if (trouble !== undefined) log.warning(`output "${name}" ${trouble}`);
  }
}

function troubleWith(text: string, secret: boolean): string | undefined {
  if (secret) {
    return 'contains a secret: later steps can read it, but GitHub drops it from the outputs of the job';
  }
  if (text.length * 2 > largest) {
    return `has ${text.length * 2} bytes in UTF-16, more than the ${largest} that GitHub takes for the outputs of a job`;
  }
  return undefined;
}
