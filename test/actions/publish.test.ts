import { startRegistry, startResultsService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { act } from './act.ts';
import { artifactOf, imageOf, indexOf, linux, seed } from './content.ts';
import { needsOf } from './records.ts';
import { failureOf, refusalOf, writes } from './refusal.ts';
import { digestsAt, digestsOf, indexAt, platformsOf, repository } from './update.ts';

const [amd64, arm64] = [imageOf(linux('amd64')), imageOf(linux('arm64'), 2)];
const needs = needsOf([
  { leg: 'amd64', descriptor: amd64.descriptor, outputs: { size: '1' } },
  { leg: 'arm64', descriptor: arm64.descriptor },
]);

test('what legs pushed and recorded by artifact becomes one index', async () => {
  await using registry = await startRegistry();
  await using service = await startResultsService();
  const image = `${registry.host}/${repository}`;
  for (const [at, arch] of ['arm64', 'amd64'].entries()) {
    await act('push-manifest', {
      service,
      job: 'push',
      matrix: { arch },
      strategy: { 'job-index': at, 'job-total': 2 },
      files: { 'disk.raw': arch },
      with: {
        ...{ image, record: 'artifact', platform: `linux/${arch}`, outputs: `arch=${arch}` },
        ...{ files: 'disk.raw:application/vnd.acme.disk', 'artifact-type': 'application/vnd.acme' },
      },
    });
  }

  const result = await act('publish', { service, with: { image, tags: '1.0\nlatest' } });

  expect(result.annotations).toEqual([]);
  expect(platformsOf(indexAt(registry, 'latest').manifests)).toEqual([
    'linux/amd64',
    'linux/arm64',
  ]);
  expect(result.outputs).toMatchObject({ added: '2', changed: 'true', count: '2' });
  expect(Object.values(JSON.parse(result.outputs.outputs ?? ''))).toEqual([
    { arch: 'amd64' },
    { arch: 'arm64' },
  ]);
  expect(result.summary).toContain('2 legs, none missing');
});

test('the action of the root is this one', async () => {
  await using registry = await startRegistry();
  for (const content of [amd64, arm64]) seed(registry, repository, content);
  const given = { image: `${registry.host}/${repository}`, tags: '1.0', needs, group: 'app' };

  const result = await act('../.', { with: given });

  expect(result.exitCode).toBe(0);
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64, arm64));
});

test('records from needs are enough, and a repeat writes nothing', async () => {
  await using registry = await startRegistry();
  for (const content of [amd64, arm64]) seed(registry, repository, content);
  const given = { image: `${registry.host}/${repository}`, tags: '1.0', needs, group: 'app' };
  const first = await act('publish', { with: given });
  registry.clearRequests();

  const second = await act('publish', { with: given });

  expect(writes(registry)).toEqual([]);
  expect(second.outputs).toMatchObject({ changed: 'false', digest: first.outputs.digest });
});

test.each([
  ['a leg is missing', needsOf([{ total: 2, descriptor: amd64.descriptor }]), 'LEG_MISSING'],
  ['a job failed', needsOf([{ descriptor: amd64.descriptor }], 'failure'), 'LEG_FAILED'],
  ['a job was cancelled', needsOf([{ descriptor: amd64.descriptor }], 'cancelled'), 'LEG_FAILED'],
  ['nobody recorded anything', '{"push":{"result":"success","outputs":{}}}', 'LEG_MISSING'],
])('when %s the registry is not even asked', async (_, incomplete, code) => {
  await using registry = await startRegistry();
  seed(registry, repository, amd64);
  const image = `${registry.host}/${repository}`;

  const result = await act('publish', {
    with: { image, tags: '1.0', needs: incomplete, group: 'app' },
  });

  expect(refusalOf(result, registry).code).toBe(code);
  expect(registry.requests()).toEqual([]);
});

test('the group is the repository of the image unless it is named', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, amd64);
  const own = { group: repository, leg: 'own', descriptor: amd64.descriptor, total: 1, index: 0 };
  const other = { group: 'other', leg: 'other', total: 9, index: 0 };
  const image = `${registry.host}/${repository}`;

  const result = await act('publish', {
    with: { image, tags: '1.0', needs: needsOf([own, other]) },
  });

  expect(result.exitCode).toBe(0);
  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(amd64));
});

test('a dry run asks, writes nothing, and gives the digest of the real one', async () => {
  await using registry = await startRegistry();
  const disk = artifactOf('application/vnd.acme.disk', 'disk');
  seed(registry, repository, indexOf([disk]), '1.0');
  for (const content of [amd64, arm64]) seed(registry, repository, content);
  const given = { image: `${registry.host}/${repository}`, tags: '1.0', needs, group: 'app' };

  const dry = await act('publish', { with: { ...given, 'dry-run': 'true' } });
  const written = writes(registry);
  const real = await act('publish', { with: given });

  expect(written).toEqual([]);
  expect(dry.outputs.digest).toBe(real.outputs.digest);
  expect(dry.summary).toContain('(dry run)');
});

test('entries are taken out without any record', async () => {
  await using registry = await startRegistry();
  seed(registry, repository, indexOf([amd64, arm64]), '1.0');
  const image = `${registry.host}/${repository}`;

  const { outputs } = await act('publish', {
    with: { image, tags: '1.0', mode: 'remove', remove: 'linux/amd64' },
  });

  expect(digestsAt(registry, '1.0')).toEqual(digestsOf(arm64));
  expect(outputs).toMatchObject({ removed: '1', kept: '1', count: '0' });
});

test.each([
  ['nothing to remove', { mode: 'remove' }, /^input "remove": names nothing to take out$/],
  ['no tags', { tags: '' }, /^input "tags": is required/],
  ['an image with a tag', { image: 'ghcr.io/acme/app:1' }, /^input "image": .*must not have a tag/],
])('%s is refused', async (_, given, what) => {
  const result = await act('publish', {
    with: { image: '127.0.0.1:1/acme/app', tags: '1.0', needs, group: 'app', ...given },
  });

  expect(failureOf(result)).toMatchObject({
    code: 'INPUT_INVALID',
    what: expect.stringMatching(what),
  });
});
