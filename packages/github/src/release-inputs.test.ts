import { expect, test } from 'vitest';
import { guardedRun, releaseInputs, warnOfFailures } from './release-inputs.ts';
import { workflowRun } from './run-context.ts';

const count = (lines: readonly string[]): number => lines.length;

test('an index goes to no other image, without a guard, unless somebody says so', () => {
  const inputs = releaseInputs(count);

  expect(inputs.images.read('', 'images')).toBe(0);
  expect(inputs.guard.read('', 'guard')).toBe('none');
  expect(inputs['annotations-from-legs'].read('', 'annotations-from-legs')).toBe(false);
});

test('a guarded run is known by its number and its workflow', () => {
  const env = {
    GITHUB_RUN_NUMBER: '42',
    GITHUB_REPOSITORY: 'acme/app',
    GITHUB_WORKFLOW: 'Release',
  };
  const run = workflowRun(env);

  expect(guardedRun('run-number', run)).toEqual({ number: 42, workflow: 'acme/app: Release' });
  expect(guardedRun('none', run)).toBeUndefined();
});

test('an image that failed is warned of, and no other', () => {
  const warnings: string[] = [];
  const log = {
    info: () => {},
    notice: () => {},
    warning: (text: string) => warnings.push(text),
    group: <T>(_: string, work: () => Promise<T>) => work(),
  };
  const image = { registry: 'quay.io', repository: 'acme/app' };

  warnOfFailures([{ image }, { image, failure: 'it is down' }], { log });

  expect(warnings).toEqual(['quay.io/acme/app, which is optional: it is down']);
});
