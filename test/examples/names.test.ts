import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWorkflow, readAction } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { wholeCheckout } from '../flows/kit/checkout.ts';

const examples = readdirSync(join(wholeCheckout, 'examples')).filter((name) =>
  name.endsWith('.yml'),
);
const own = /^oci-matrix\/oci-matrix(?:\/(?<path>[^@]+))?@v1$/;

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly steps?: readonly Step[];
}

test.each(examples)("%s passes GitHub's parser", async (name) => {
  const loaded = await loadWorkflow(wholeCheckout, `examples/${name}`);

  expect(loaded.entry.jobs.length).toBeGreaterThan(1);
});

test.each(examples)('%s names inputs and outputs that our actions have', async (name) => {
  const text = readFileSync(join(wholeCheckout, 'examples', name), 'utf8');
  const jobs: Readonly<Record<string, Job>> = parse(text).jobs;
  const steps = Object.values(jobs).flatMap((job) =>
    (job.steps ?? []).filter(({ uses }) => own.test(uses ?? '')),
  );

  const unknown = await Promise.all(steps.map((step) => unknownNames(step, text)));

  expect(steps.length).toBeGreaterThan(1);
  expect(unknown.flat()).toEqual([]);
});

async function unknownNames(
  { id, uses = '', with: given = {} }: Step,
  text: string,
): Promise<string[]> {
  const folder = own.exec(uses)?.groups?.path ?? 'actions/publish';
  const { inputs, outputs } = await readAction(join(wholeCheckout, folder), folder);
  const used = [...text.matchAll(new RegExp(`steps\\.${id}\\.outputs\\.([\\w-]+)`, 'g'))];
  return [
    ...Object.keys(given).filter((key) => !inputs.some(({ name }) => name === key)),
    ...used.flatMap(([, key]) => (outputs.some(({ name }) => name === key) ? [] : [`${key}`])),
  ].map((key) => `${uses}: ${key}`);
}

test('the names of a step are looked at', async () => {
  const step = { id: 'x', uses: 'oci-matrix/oci-matrix@v1', with: { image: '', imago: '' } };

  const unknown = await unknownNames(step, 'steps.x.outputs.digest steps.x.outputs.dijest');

  expect(unknown).toEqual(['oci-matrix/oci-matrix@v1: imago', 'oci-matrix/oci-matrix@v1: dijest']);
});
