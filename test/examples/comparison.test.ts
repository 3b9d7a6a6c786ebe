import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { wholeCheckout } from '../flows/kit/checkout.ts';

const textOf = (path: string): string => readFileSync(join(wholeCheckout, path), 'utf8');

interface Step {
  readonly uses?: string;
  readonly run?: string;
}

/** What the README's table says of our workflow: the last cell of the row that begins so. */
const saidOf = (row: string): string =>
  textOf('README.md')
    .split('\n')
    .find((line) => line.startsWith(`| ${row} |`))
    ?.split(' | ')
    .at(-1)
    ?.replace(' |', '') ?? '';

test('the README counts the lines, jobs, steps, actions and scripts of the example as they are', () => {
  const text = textOf('examples/multi-platform.yml');
  const jobs = Object.values<{ readonly steps: readonly Step[] }>(parse(text).jobs);
  const steps = jobs.flatMap((job) => job.steps);
  const actions = new Set(steps.flatMap(({ uses }) => uses?.replace(/@.*/, '') ?? []));
  const scripts = steps.filter(({ run }) => run !== undefined);

  expect(saidOf('Lines')).toBe(`${text.trimEnd().split('\n').length}`);
  expect(saidOf('Jobs, steps, different actions')).toBe(
    [jobs, steps, [...actions]].map(({ length }) => length).join(', '),
  );
  expect(saidOf('Shell scripts by hand')).toBe(`${scripts.length}, the build`);
});
