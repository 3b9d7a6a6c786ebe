import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
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
  registry.fail('*', /blobs/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');

  await expect(blobs.exists(digest)).rejects.toThrow(/blobs|credentials/);
});

test('who may not look for a blob is told why, by one more request', async () => {
  await using registry = await startRegistry();
  registry.fail('*', /blobs/, { status: 403, message: 'not for you', times: 9 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');

  const failure = await blobs.exists(digest).catch((error) => error);

  expect(failure).toMatchObject({ code: 'DENIED', status: 403 });
  expect(failure.message).toMatch(/: DENIED: not for you$/);
  expect(failure.hint).toMatch(/access/);
  expect(registry.requests().map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('where HEAD alone is refused, GET tells whether a blob is there, and brings none of it', async () => {
  await using registry = await startRegistry();
  registry.fail('HEAD', /blobs/, { status: 403, times: 9 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, noise(100_000));

  expect(await blobs.exists(digest)).toBe(true);
  expect(await blobs.exists(blobOf('other').descriptor.digest)).toBe(false);
  expect(registry.requests('GET', RegExp(digest)).map(({ bytesOut }) => bytesOut)).toEqual([1]);
});

test('an empty blob has no first byte to ask for, and is there all the same', async () => {
  await using registry = await startRegistry();
  registry.fail('HEAD', /blobs/, { status: 403, times: 9 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, '');

  expect(await blobs.exists(digest)).toBe(true);
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
