import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { startScript } from '../test-kit/scripted-server.ts';
import { collect } from '../verified.ts';

const repository = 'octo/app';
const large = 300_000;

test.each([{}, { redirectBlobs: true }])(
  'a blob comes as it was pushed: %j',
  async (capabilities) => {
    await using registry = await startRegistry({ capabilities });
    await using client = openClient();
    const { blobs } = client.repository({ registry: registry.host, repository });
    const descriptor = registry.seedBlob(repository, noise(large));

    const bytes = await collect(blobs.fetch(descriptor));

    expect(Buffer.compare(bytes, noise(large))).toBe(0);
  },
);

test('an empty blob comes too', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, '');

  expect(await blobs.fetchBytes(descriptor, 0)).toHaveLength(0);
});

test('a blob that is not there is an error with the code of the specification', async () => {
  await using registry = await startRegistry();
  registry.seedBlob(repository, 'other');
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  const failure = await collect(blobs.fetch(blobOf('none').descriptor)).catch((error) => error);

  expect(failure).toMatchObject({ name: 'RegistryError', code: 'BLOB_UNKNOWN', status: 404 });
});

test('of a corrupted blob the last chunk is withheld', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /blobs/, { corrupt: true });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, noise(large));
  let received = 0;

  const reading = async (): Promise<void> => {
    for await (const chunk of blobs.fetch(descriptor)) received += chunk.byteLength;
  };

  await expect(reading()).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  expect(received).toBeLessThan(large);
});

test.each([
  ['longer', large - 1, 'SIZE_MISMATCH'],
  ['shorter', large + 1, 'TRUNCATED'],
])('a blob that is %s than its descriptor says is an error', async (_, size, code) => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, noise(large));

  await expect(collect(blobs.fetch({ ...descriptor, size }))).rejects.toMatchObject({ code });
});

test('after a broken connection a blob goes on where it stopped', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /blobs/, { truncate: 200_000 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, noise(large));

  const bytes = await collect(blobs.fetch(descriptor));

  expect(Buffer.compare(bytes, noise(large))).toBe(0);
  expect(registry.requests('GET').map(({ status }) => status)).toEqual([200, 206]);
});

test('where no part of a blob can be had, all of it is fetched again', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /blobs/, { truncate: 200_000 });
  registry.fail('GET', /blobs/, { status: 416, after: 1 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, noise(large));

  const bytes = await collect(blobs.fetch(descriptor));

  expect(Buffer.compare(bytes, noise(large))).toBe(0);
  expect(registry.requests('GET').map(({ status }) => status)).toEqual([200, 416, 200]);
});

test('a broken connection before the first byte is tried again', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /blobs/, { reset: 'before', times: 2 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, 'hello');

  expect(Buffer.from(await blobs.fetchBytes(descriptor, 10)).toString()).toBe('hello');
});

test('a descriptor that says too much is refused before anything is asked', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = { ...registry.seedBlob(repository, 'hello'), size: 2 ** 40 };

  await expect(blobs.fetchBytes(descriptor, 1000)).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  expect(registry.requests()).toEqual([]);
});

test('a reader who leaves early leaves nothing behind', async () => {
  await using registry = await startRegistry();
  await using client = openClient({ concurrency: { bodies: 1 } });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob(repository, noise(large));

  for (let i = 0; i < 3; i += 1) {
    for await (const _ of blobs.fetch(descriptor)) break;
  }

  expect(await collect(blobs.fetch(descriptor))).toHaveLength(large);
});

test('a blob that is refused at its first chunk leaves nothing behind', async () => {
  await using server = await startScript((_, response) => void response.write(noise(1000)));
  await using client = openClient({ concurrency: { metadata: 1 } });
  const { blobs } = client.repository({ registry: server.host, repository });
  const { descriptor } = blobOf('hello');

  for (let i = 0; i < 2; i += 1) {
    await expect(collect(blobs.fetch(descriptor))).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });
  }
});

test('a blob can be pushed from one repository to another while all turns are taken', async () => {
  await using registry = await startRegistry();
  await using client = openClient({ concurrency: { bodies: 1 } });
  const from = client.repository({ registry: registry.host, repository });
  const to = client.repository({ registry: registry.host, repository: 'octo/copy' });
  const descriptors = [1, 2, 3].map((i) => registry.seedBlob(repository, noise(large + i)));

  await Promise.all(
    descriptors.map((descriptor) =>
      to.blobs.push(descriptor, { open: () => from.blobs.fetch(descriptor) }),
    ),
  );

  expect(registry.blobs('octo/copy')).toHaveLength(3);
});
