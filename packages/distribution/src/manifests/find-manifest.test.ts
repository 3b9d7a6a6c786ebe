import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact, blobOf } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const { digest } = blobOf('nowhere').descriptor;

test('a manifest is there, or it is not, or nothing of its repository is: one request each', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  const before = await manifests.find(digest);
  const seeded = registry.seedManifest(repository, artifact());
  const after = [await manifests.find(digest), await manifests.find(seeded.digest)];

  expect([before, ...after]).toMatchObject([
    ...['no-repository', 'absent', { descriptor: { digest: seeded.digest } }],
  ]);
  expect(registry.requests().map(({ method }) => method)).toEqual(['GET', 'GET', 'GET']);
});

test('a 404 without words is about what was asked for', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 404, body: '<html>' });
  await using client = openClient();
  const { manifests } = client.repository({ registry: registry.host, repository });

  expect(await manifests.find(digest)).toBe('absent');
});

test.each([401, 403, 429, 500, 503])('%d never means that anything is absent', async (status) => {
  await using registry = await startRegistry();
  registry.fail('*', /manifests/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.find(digest)).rejects.toThrow(/GET|credentials/);
});
