import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Registry, Run, RunOptions } from '@oci-matrix/testing';
import { wholeCheckout } from '../flows/kit/checkout.ts';
import { runOn } from '../flows/kit/run.ts';

/** Runs an example as a user has it, but for the registry that `vars.IMAGE` leads to. */
export async function runExample(
  registry: Registry,
  name: string,
  options: Partial<RunOptions> = {},
): Promise<Run> {
  const workflow = `examples/${name}.yml`;
  const source = await readFile(join(wholeCheckout, workflow), 'utf8');
  return runOn(registry, source, { workflow, ...options });
}
