import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

test('F14: a failed job in needs stops a release whose records are all there', async () => {
  await using registry = await startRegistry();
  const source = release({
    after: [`{ if: "matrix.app == 'b'", run: exit 1 }`],
    publish: [`needs: \${{ toJSON(needs) }}`],
  });

  await using run = await runOn(registry, source);

  expect(run.artifacts()).toHaveLength(4);
  expect(run.job('publish').annotations).toEqual([
    { level: 'error', title: 'LEG_FAILED', message: expect.stringContaining('build: failure') },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

const twoLegs = '{ app: [a], arch: [amd64, arm64] }';

test.each([
  [
    'a matrix',
    `'{"app": ["a", "c"], "arch": ["amd64", "arm64"]}'`,
    /missing: c-amd64-\w{8}; c-arm64-\w{8}/,
  ],
  ['a list of legs', `'[{"app": "c", "arch": "amd64"}]'`, /missing: c-amd64-\w{8}/],
  ['a number', '3', /missing: 1 of the 3 expected legs/],
  ['a name', 'a-riscv64', /missing: a-riscv64/],
])('F16: %s finds the leg that never existed', async (_, expected, message) => {
  await using registry = await startRegistry();
  const source = release({ matrix: twoLegs, publish: [`expect: ${expected}`] });

  await using run = await runOn(registry, source);

  expect(run.job('publish').annotations).toEqual([
    { level: 'error', title: 'LEG_MISSING', message: expect.stringMatching(message) },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test.each([
  ['the matrix', `'{"app": ["a"], "arch": ["amd64", "arm64"]}'`],
  ['their number', '2'],
])('%s of the legs that are there is met', async (_, expected) => {
  await using registry = await startRegistry();
  const source = release({ matrix: twoLegs, publish: [`expect: ${expected}`] });

  await using run = await runOn(registry, source);

  expect(run.conclusion).toBe('success');
  expect(registry.tags(repository)).toEqual(['v1']);
});
