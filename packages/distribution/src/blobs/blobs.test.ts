import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';

test('a blob exists if the registry has it', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');

  expect(await blobs.exists(digest)).toBe(true);
  expect(await blobs.exists(blobOf('other').descriptor.digest)).toBe(false);
});

test.each([401, 403, 429, 500, 503])('%d never means that a blob is absent', async (status) => {
  await using registry = await startRegistry();
  registry.fail('HEAD', /blobs/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');

  await expect(blobs.exists(digest)).rejects.toThrow(/HEAD|credentials/);
});

test('a deleted blob is gone, and deleting it again is no error', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');

  await blobs.delete(digest);
  await blobs.delete(digest);

  expect(registry.blobs(repository)).toEqual([]);
});
