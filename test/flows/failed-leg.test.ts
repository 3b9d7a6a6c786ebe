import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { publishedAt } from './kit/published.ts';
import { release } from './kit/release.ts';
import { repository, runOn } from './kit/run.ts';

const bOnArm = "matrix.app == 'b' && matrix.arch == 'arm64'";
const failing = `{ if: "${bOnArm}", run: exit 1 }`;

test('F14: while a leg is missing no tag is made, and one annotation names the leg', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, release({ before: [failing] }));

  expect(registry.tags(repository)).toEqual([]);
  expect(run.job('publish').conclusion).toBe('failure');
  expect(run.job('publish').annotations).toEqual([
    { level: 'error', title: 'LEG_MISSING', message: expect.stringContaining('build (b, arm64)') },
  ]);
  const summary = run.job('publish').steps.map((step) => step.summary);
  expect(summary.join()).toContain(': not published');
  expect(summary.join()).toContain('| build (b, arm64) |  | missing |  |');
});

test('F14: a leg that dies in the action itself is missing too', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, release(), {
    failStep: ({ job, step }) => job.name === 'build (a, amd64)' && step.id === 'push',
  });

  expect(registry.tags(repository)).toEqual([]);
  expect(run.job('publish').annotations.map(({ message }) => message)).toEqual([
    expect.stringMatching(/3 legs are there, missing: build \(a, amd64\)\n/),
  ]);
});

test('a leg that the registry refuses fails with one annotation, and no tag is made', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /manifests/, { status: 403, message: 'no push for you', times: 99 });

  await using run = await runOn(registry, release({ condition: 'success()' }));

  expect(run.job('build (a, amd64)').annotations).toEqual([
    { level: 'error', title: 'DENIED', message: expect.stringContaining('no push for you') },
  ]);
  expect(registry.tags(repository)).toEqual([]);
});

test('a tag of an earlier release stays where it is', async () => {
  await using registry = await startRegistry();
  await using good = await runOn(registry, release());
  const earlier = publishedAt(registry, repository, 'v1');

  await using bad = await runOn(registry, release({ content: 'newer', before: [failing] }));

  expect([good.conclusion, bad.conclusion]).toEqual(['success', 'failure']);
  expect(earlier?.index.manifests).toHaveLength(4);
  expect(publishedAt(registry, repository, 'v1')).toEqual(earlier);
});

test('a job that publishes on success alone is skipped', async () => {
  await using registry = await startRegistry();

  await using run = await runOn(registry, release({ condition: 'success()', before: [failing] }));

  expect(run.job('publish').conclusion).toBe('skipped');
  expect(registry.tags(repository)).toEqual([]);
});
