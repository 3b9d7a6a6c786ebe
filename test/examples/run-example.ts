import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Run, RunOptions } from '@oci-matrix/testing';
import { wholeCheckout } from '../flows/kit/checkout.ts';
import { runOn } from '../flows/kit/run.ts';
import { standIns, withStandIns } from './stand-ins.ts';

const reusable = '.github/workflows/publish.yml';

/** The push of a tag: what the examples that release something wait for. */
export const released: Partial<RunOptions> = {
  event: {
    name: 'push',
    payload: { head_commit: { timestamp: '2026-01-02T03:04:05Z' } },
  },
  ref: 'refs/tags/v1.2.3',
  sha: 'c0ffee',
};

const read = async (path: string): Promise<string> =>
  withStandIns(await readFile(join(wholeCheckout, path), 'utf8'));

/** Files for a checkout in which our reusable workflow can be called. */
export const reusableFiles = async (
  more: Readonly<Record<string, string>> = {},
): Promise<Record<string, string>> => ({
  ...(await standIns()),
  [reusable]: await read(reusable),
  ...more,
});

interface ExampleOptions extends Partial<RunOptions> {
  /** What a user changes in the copy. */
  readonly edit?: (workflow: string) => string;
}

/** Runs an example as a user has it, but for third parties' actions and the registry that `vars` lead to. */
export async function runExample(
  registry: { readonly host: string },
  name: string,
  { vars = {}, edit = (text) => text, ...options }: ExampleOptions = {},
): Promise<Run> {
  const workflow = `examples/${name}.yml`;
  return runOn(registry, edit(await read(workflow)), {
    workflow,
    files: await reusableFiles(),
    vars: { REGISTRY: `${registry.host}/acme`, ...vars },
    ...options,
  });
}
