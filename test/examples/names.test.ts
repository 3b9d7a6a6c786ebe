import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkflow, readAction, temporaryRepository } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { wholeCheckout } from '../flows/kit/checkout.ts';
import { reusableFiles } from './run-example.ts';
import { withStandIns } from './stand-ins.ts';

const reusable = '.github/workflows/publish.yml';
const examples = readdirSync(join(wholeCheckout, 'examples'))
  .filter((name) => name.endsWith('.yml'))
  .map((name) => `examples/${name}`);
const workflows = [...examples, reusable];

// Our own, from outside and from inside of this repository.
const own = /^(?:oci-matrix\/oci-matrix|\$)(?:\/(?<path>[^@]+))?(?:@v1)?$/;

/** A step, or a job that calls a workflow. */
interface Use {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job extends Use {
  readonly steps?: readonly Use[];
}

const textOf = (path: string): string => readFileSync(join(wholeCheckout, path), 'utf8');

test.each(workflows)("%s passes GitHub's parser", async (path) => {
  const files = await reusableFiles({ [path]: withStandIns(textOf(path)) });
  await using repository = await temporaryRepository(files);

  const loaded = await loadWorkflow(repository.path, path);

  expect(loaded.entry.jobs.length).toBeGreaterThan(1);
});

test.each(workflows)('%s names inputs and outputs that our actions have', async (path) => {
  const text = textOf(path);
  const jobs: Readonly<Record<string, Job>> = parse(text).jobs;
  const uses = Object.entries(jobs)
    .flatMap(([id, job]) => [{ ...job, id }, ...(job.steps ?? [])])
    .filter((use) => own.test(use.uses ?? ''));

  const unknown = await Promise.all(uses.map((use) => unknownNames(use, text)));

  expect(uses.length).toBeGreaterThan(0);
  expect(unknown.flat()).toEqual([]);
});

interface Names {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
}

async function namesOf(path: string): Promise<Names> {
  if (path.endsWith('.yml')) {
    const { inputs, outputs } = parse(textOf(path)).on.workflow_call;
    return { inputs: Object.keys(inputs), outputs: Object.keys(outputs) };
  }
  const { inputs, outputs } = await readAction(join(wholeCheckout, path), path);
  return { inputs: inputs.map(({ name }) => name), outputs: outputs.map(({ name }) => name) };
}

async function unknownNames(
  { id, uses = '', with: given = {} }: Use,
  text: string,
): Promise<string[]> {
  const names = await namesOf(own.exec(uses)?.groups?.path ?? 'actions/publish');
  const used = text.matchAll(new RegExp(`(?:steps|needs)\\.${id}\\.outputs\\.([\\w-]+)`, 'g'));
  return [
    ...Object.keys(given).filter((key) => !names.inputs.includes(key)),
    ...[...used].map(([, key]) => `${key}`).filter((key) => !names.outputs.includes(key)),
  ].map((key) => `${uses}: ${key}`);
}

test.each([
  'oci-matrix/oci-matrix@v1',
  `oci-matrix/oci-matrix/${reusable}@v1`,
  '$/actions/publish',
])('the names of %s are looked at', async (uses) => {
  const use = { id: 'x', uses, with: { image: '', imago: '' } };

  const unknown = await unknownNames(use, 'steps.x.outputs.digest needs.x.outputs.dijest');

  expect(unknown).toEqual([`${uses}: imago`, `${uses}: dijest`]);
});
