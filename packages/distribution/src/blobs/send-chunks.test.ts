import { type Capabilities, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { user } from '../test-kit/behind-basic.ts';
import { blobOf, noise, sourceOf } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const mebibyte = 1024 * 1024;
const large = blobOf(noise(12 * mebibyte));
const bodyMax = 6 * mebibyte;

const startLimited = (capabilities: Partial<Capabilities> = {}): Promise<Registry> =>
  startRegistry({ capabilities: { bodyMax, ...capabilities } });

const methods = (registry: Registry) =>
  registry
    .requests()
    .map(({ method }) => method)
    .join(' ');
const chunkSizes = (registry: Registry) => registry.requests('PATCH').map(({ bytesIn }) => bytesIn);

test('a blob that is too large for one body goes in chunks, and the next one does so at once', async () => {
  await using registry = await startLimited();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const other = blobOf(noise(12 * mebibyte + 1));

  await blobs.push(large.descriptor, large.source);
  const first = methods(registry);
  registry.clearRequests();
  await blobs.push(other.descriptor, other.source);

  expect(first).toBe('POST PUT DELETE POST PATCH PATCH PATCH PUT');
  expect(methods(registry)).toBe('POST PATCH PATCH PATCH PUT');
  expect(registry.blobs(repository)).toEqual([large.descriptor.digest, other.descriptor.digest]);
});

test('what is smaller than any body that was refused goes whole', async () => {
  await using registry = await startLimited();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const smaller = blobOf(noise(3 * mebibyte));
  await blobs.push(large.descriptor, large.source);
  registry.clearRequests();

  await blobs.push(smaller.descriptor, smaller.source);

  expect(methods(registry)).toBe('POST PUT');
});

test('progress counts what all chunks brought', async () => {
  await using registry = await startLimited();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const progress: number[] = [];
  await blobs.push(large.descriptor, large.source);
  registry.deleteBlob(repository, large.descriptor.digest);

  await blobs.push(large.descriptor, large.source, { onProgress: (sent) => progress.push(sent) });

  expect(progress).toEqual([5, 10, 12].map((size) => size * mebibyte));
});

test.each([
  ['that no proxy limits are 5 MiB', {}, [5, 5, 2]],
  ['are as large as the registry wants them', { chunkMin: 5.5 * mebibyte }, [5.5, 5.5, 1]],
  ['are smaller where the registry says 416', { chunkMax: 4 * mebibyte }, [0, ...fives(2.5), 2]],
  [
    'are smaller where a proxy says 413',
    { bodyMax: 2 * mebibyte },
    [0, 0, ...fives(1.25, 9), 0.75],
  ],
])('chunks %s', async (_, capabilities, mebibytes) => {
  await using registry = await startLimited(capabilities);
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(chunkSizes(registry)).toEqual(mebibytes.map((size) => size * mebibyte));
  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
  expect(client.statistics().retries).toBe(0);
});

function fives(size: number, count = 4): number[] {
  return Array<number>(count).fill(size);
}

test('what is known of chunks is not found out again', async () => {
  await using registry = await startLimited({ chunkMax: 4 * mebibyte });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  await blobs.push(large.descriptor, large.source);
  registry.deleteBlob(repository, large.descriptor.digest);
  registry.clearRequests();

  await blobs.push(large.descriptor, large.source);

  expect(methods(registry)).toBe('POST PATCH PATCH PATCH PATCH PATCH PUT');
});

test('a registry that names the least chunk and refuses a whole blob gets chunks', async () => {
  await using registry = await startRegistry({ capabilities: { chunkMin: mebibyte } });
  registry.fail('PUT', /uploads/, { status: 400, code: 'UNSUPPORTED' });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.requests('PATCH')).toHaveLength(3);
});

test('201 is as good as 202', async () => {
  await using registry = await startLimited({ patchStatus: 201 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
});

test('chunks go where the registry says, without credentials on another host', async () => {
  await using registry = await startRegistry({
    // Its storage refuses whoever shows a password.
    capabilities: { bodyMax, externalUploads: true },
    auth: { kind: 'basic', ...user },
  });
  await using client = openClient({ credentials: async () => user });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.requests('PATCH').map(({ server }) => server)).toEqual(Array(3).fill('storage'));
  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
});

test('a registry that takes later chunks and does not keep them is told on, and its session cancelled', async () => {
  await using registry = await startLimited({ laterChunks: false });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  const failure = await blobs.push(large.descriptor, large.source).catch((error) => error);

  expect(failure).toMatchObject({ name: 'ProtocolError' });
  expect(failure.message).toMatch(
    /bytes 5242880 to 10485759 was answered with 202, and the registry has 5242880 bytes$/,
  );
  expect(methods(registry)).toBe('POST PUT DELETE POST PATCH PATCH DELETE');
});

test('where there are no chunks either, the error is the limit', async () => {
  await using registry = await startLimited({ chunks: false });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });

  const failure = await blobs.push(large.descriptor, large.source).catch((error) => error);

  expect(failure).toMatchObject({ name: 'RegistryError', method: 'PUT', status: 413 });
});

test('a blob that no chunk makes smaller is not tried in chunks', async () => {
  await using registry = await startRegistry({ capabilities: { bodyMax: 100_000 } });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(mebibyte));

  await expect(blobs.push(descriptor, source)).rejects.toMatchObject({ status: 413 });

  expect(methods(registry)).toBe('POST PUT DELETE');
});

test('of a source that is not what its descriptor says the last chunk never arrives', async () => {
  await using registry = await startLimited();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const right = large.bytes.subarray(0, 11 * mebibyte);
  const source = sourceOf(right, noise(mebibyte - 1), Uint8Array.of(0));

  await expect(blobs.push(large.descriptor, source)).rejects.toMatchObject({
    code: 'DIGEST_MISMATCH',
  });

  expect(registry.requests('PATCH').at(-1)?.bytesIn).toBeLessThan(2 * mebibyte);
  expect(registry.requests('PUT')).toHaveLength(1);
  expect(registry.requests('DELETE')).toHaveLength(2);
});
