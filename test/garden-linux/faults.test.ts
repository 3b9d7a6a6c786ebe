import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { failureOf } from '../actions/refusal.ts';
import { indexAt } from '../actions/update.ts';
import { seedContainerImages } from '../examples/container-images.ts';
import { version } from '../examples/garden-linux.ts';
import { baselineOf, pushBaseline } from './kit/baseline.ts';
import { pushTarget, repository, updateWith } from './kit/publish.ts';
import { targetOf } from './kit/target.ts';

const kvm = targetOf('kvm-gardener_prod', 'amd64');
const tooMany = 'retry-after: 1.889377ms, allowed: 2000/minute';

const statuses = (registry: Registry, method: string, path: RegExp): number[] =>
  registry.requests(method, path).map(({ status }) => status);

const kinds: readonly [string, RegExp][] = [
  ['HEAD', /blobs/],
  ['POST', /uploads/],
  ['PUT', /uploads/],
  ['PUT', /manifests/],
];

// As ghcr.io is: every blob takes two requests.
const capabilities = { singlePost: false };

test.each([
  [429, tooMany],
  [500, 'Internal Server Error'],
  [502, 'Bad Gateway'],
  [503, 'Service Unavailable'],
  [504, 'Gateway Timeout'],
])('R9, A10, F20: one %i at every kind of request is tried again', async (status, message) => {
  await using registry = await startRegistry({ capabilities });
  pushBaseline(registry, repository, targetOf('aws-gardener_prod', 'amd64'));
  for (const [method, path] of kinds) registry.fail(method, path, { status, message });

  const { annotations, exitCode } = await pushTarget(registry, kvm);

  for (const [method, path] of kinds) expect(statuses(registry, method, path)).toContain(status);
  expect(annotations.filter(({ level }) => level === 'error')).toEqual([]);
  expect(exitCode).toBe(0);
  expect(registry.tags(repository)).toContain(baselineOf(kvm).tag);
});

test('A10: a connection that breaks at every kind of request is tried again', async () => {
  await using registry = await startRegistry({ capabilities });
  pushBaseline(registry, repository, targetOf('aws-gardener_prod', 'amd64'));
  for (const [method, path] of kinds) registry.fail(method, path, { reset: 'before' });

  const { exitCode } = await pushTarget(registry, kvm);

  for (const [method, path] of kinds) expect(statuses(registry, method, path)).toContain(0);
  expect(exitCode).toBe(0);
  expect(registry.tags(repository)).toContain(baselineOf(kvm).tag);
});

test.each([429, 500, 502, 503, 504])(
  'R9, A8: one %i for the index does not lose what is in it',
  async (status) => {
    await using registry = await startRegistry();
    seedContainerImages(registry, repository, version);
    const target = pushBaseline(registry, repository, kvm);
    registry.fail('GET', /manifests\/1877\.3/, { status, message: tooMany });

    const { outputs } = await updateWith(registry, [target]);

    expect(statuses(registry, 'GET', /manifests/)).toContain(status);
    expect(outputs).toMatchObject({ kept: '2', added: '1' });
    expect(indexAt(registry, version).manifests).toHaveLength(3);
  },
);

const unchanged = (registry: Registry) => registry.manifest(repository, version);

test.each([
  [401, 'UNAUTHORIZED'],
  [403, 'DENIED'],
])('A8: an index that may not be read, with %i, is not taken for absent', async (status, code) => {
  await using registry = await startRegistry();
  seedContainerImages(registry, repository, version);
  const target = pushBaseline(registry, repository, kvm);
  const before = unchanged(registry);
  registry.fail('GET', /manifests\/1877\.3/, { status, times: 99 });

  const refusal = failureOf(await updateWith(registry, [target]));

  expect([code, 'NO_CREDENTIALS', 'CHALLENGE_UNSUPPORTED']).toContain(refusal.code);
  expect(registry.requests('PUT')).toEqual([]);
  expect(unchanged(registry)).toEqual(before);
});

test('A8: an index that is not there is made', async () => {
  await using registry = await startRegistry();
  const target = pushBaseline(registry, repository, kvm);

  const { outputs } = await updateWith(registry, [target]);

  expect(outputs).toMatchObject({ added: '1', kept: '0', changed: 'true' });
  expect(indexAt(registry, version).manifests).toEqual([target.entry]);
});
