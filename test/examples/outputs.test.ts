import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { runExample } from './run-example.ts';

test('outputs of all legs of a matrix reach a later job, and no registry is asked', async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, 'outputs');

  expect(run.conclusion).toBe('success');
  const { outputs, steps } = run.job('report');
  expect(outputs).toEqual({ passed: '90' });
  expect(steps.map(({ log }) => log).slice(1)).toEqual([
    'fedora-2 passed 20\n',
    '90 tests passed in 6 legs\n',
  ]);
  expect(registry.requests()).toEqual([]);
});

test('a leg that fails keeps the report from being made of five', async () => {
  await using registry = await startRegistry();

  await using run = await runExample(registry, 'outputs', {
    failStep: ({ job, step }) => job.name === 'test (fedora, 2)' && step.id === 'test',
  });
  const again = await run.rerunFailed();

  expect(run.job('report').conclusion).toBe('skipped');
  expect(again.job('report').outputs).toEqual({ passed: '90' });
});
