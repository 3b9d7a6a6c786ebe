import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from './client.ts';
import { artifact, blobOf } from './test-kit/content.ts';
import { fastClock } from './test-kit/fast-clock.ts';

const repository = 'octo/app';
const { digest } = blobOf('nowhere').descriptor;

test('a manifest is there, or it is not, or nothing of its repository is: one request each', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const before = await manifests.presence(digest);
  const seeded = registry.seedManifest(repository, artifact());
  const after = [await manifests.presence(digest), await manifests.presence(seeded.digest)];

  expect([before, ...after]).toEqual(['no-repository', 'absent', 'present']);
  expect(registry.requests().map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
});

test('a blob that is there is asked for once, and one that is not twice', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  const before = await blobs.presence(digest);
  const seeded = registry.seedBlob(repository, 'hello');
  const after = [await blobs.presence(digest), await blobs.presence(seeded.digest)];

  expect([before, ...after]).toEqual(['no-repository', 'absent', 'present']);
  expect(registry.requests().map(({ method }) => method)).toEqual([
    ...['HEAD', 'GET', 'HEAD', 'GET', 'HEAD'],
  ]);
});

test('a 404 without words is about what was asked for', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 404, body: '<html>' });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  expect(await manifests.presence(digest)).toBe('absent');
});

test.each([401, 403, 429, 500, 503])('%d never means that anything is absent', async (status) => {
  await using registry = await startRegistry();
  registry.fail('*', /manifests|blobs/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { blobs, manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.presence(digest)).rejects.toThrow(/GET|credentials/);
  await expect(blobs.presence(digest)).rejects.toThrow(/HEAD|credentials/);
});

test('a registry that answers with another digest is not believed', async () => {
  await using registry = await startRegistry();
  const seeded = registry.seedManifest(repository, artifact());
  registry.fail('GET', /manifests/, { headers: { 'docker-content-digest': digest } });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.presence(seeded.digest)).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
  });
});
