import type { Descriptor } from '@oci-matrix/oci';
import { digestOf } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { describe, expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise, sourceOf } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const large = 300_000;

test('a large blob is in the registry, after one POST and one PUT', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source, bytes } = blobOf(noise(large));

  const outcome = await blobs.push(descriptor, source);

  expect(outcome).toBe('uploaded');
  expect(Buffer.compare(registry.blob(repository, descriptor.digest) ?? noise(0), bytes)).toBe(0);
  expect(registry.requests().map(({ method }) => method)).toEqual(['POST', 'PUT']);
});

test('an empty blob can be pushed', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('');

  await blobs.push(descriptor, source);

  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
});

test('a blob can have a sha512 digest', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { source, bytes } = blobOf('hello');
  const descriptor: Descriptor = {
    mediaType: 'text/plain',
    digest: digestOf(bytes, 'sha512'),
    size: bytes.byteLength,
  };

  await blobs.push(descriptor, source);

  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
});

test.each([{ relativeLocation: true }, { relativeLocation: false }, { externalUploads: true }])(
  'a blob goes where the registry says: %j',
  async (capabilities) => {
    await using registry = await startRegistry({ capabilities });
    await using client = openClient();
    const { blobs } = client.repository({ registry: registry.host, repository });
    const { descriptor, source } = blobOf(noise(large));

    await blobs.push(descriptor, source);

    expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  },
);

test('a registry that does not cancel uploads is asked once', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, { status: 403, times: 9 });
  registry.fail('DELETE', /uploads/, { status: 405, times: 9 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(large));

  for (let i = 0; i < 2; i += 1) {
    await expect(blobs.push(descriptor, source)).rejects.toMatchObject({ code: 'DENIED' });
  }

  expect(registry.requests('PUT')).toHaveLength(2);
  expect(registry.requests('DELETE')).toHaveLength(1);
});

test('progress ends at the size of the blob', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, bytes } = blobOf(noise(large));
  const source = sourceOf(bytes.subarray(0, 70_000), bytes.subarray(70_000));
  const progress: number[] = [];

  await blobs.push(descriptor, source, { onProgress: (sent) => void progress.push(sent) });

  expect(progress).toEqual([70_000, large]);
});

describe.each([100, 200_000, large])(
  'a source of %d bytes that is not what its descriptor says',
  (size) => {
    const bytes = noise(size);
    const { descriptor } = blobOf(bytes);
    const changed = Uint8Array.from(bytes, (byte, i) => (i === 5 ? byte ^ 1 : byte));

    test.each([
      ['has another byte', 'DIGEST_MISMATCH', [changed]],
      ['goes on', 'SIZE_MISMATCH', [bytes, noise(1)]],
      ['ends too early', 'TRUNCATED', [bytes.subarray(0, size - 1)]],
      ['is empty', 'TRUNCATED', []],
    ])(
      '%s: it is %s, nothing is committed, and nothing is tried again',
      async (_, code, chunks) => {
        await using registry = await startRegistry();
        await using client = openClient();
        const { blobs } = client.repository({ registry: registry.host, repository });

        const failure = await blobs.push(descriptor, sourceOf(...chunks)).catch((error) => error);

        expect(failure).toMatchObject({ name: 'ContentError', code });
        expect(registry.blobs(repository)).toEqual([]);
        expect(registry.requests().every(({ bytesIn }) => bytesIn < size)).toBe(true);
        expect(client.statistics().retries).toBe(0);
      },
    );
  },
);

test('the last chunk of a wrong source never leaves, and its session is cancelled', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, bytes } = blobOf(noise(large));
  const source = sourceOf(bytes.subarray(0, 250_000), noise(50_000));

  await expect(blobs.push(descriptor, source)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });

  expect(registry.requests('PUT').every(({ bytesIn }) => bytesIn <= 250_000)).toBe(true);
  expect(registry.requests('DELETE', /uploads/)).toHaveLength(1);
});

test('an error of the source is thrown as it is, and not tried again', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, bytes } = blobOf(noise(large));
  const broken = new Error('the disk is on fire');
  const source = {
    async *open() {
      yield bytes.subarray(0, 100_000);
      yield bytes.subarray(100_000, 150_000);
      throw broken;
    },
  };

  await expect(blobs.push(descriptor, source)).rejects.toBe(broken);

  expect(registry.requests('POST')).toHaveLength(1);
});

test.each([
  ['its connection breaks', { reset: 'during' }],
  ['its registry is unavailable', { status: 503 }],
  ['its session is gone', { status: 404, code: 'BLOB_UPLOAD_UNKNOWN' }],
] as const)('an upload starts again in a new session when %s', async (_, fault) => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, fault);
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(large));

  await blobs.push(descriptor, source);

  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  expect(registry.requests('POST')).toHaveLength(2);
});

test('an early refusal of a large body is taken for what it is', async () => {
  await using registry = await startRegistry({ capabilities: { bodyMax: 100_000 } });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const chunks = Array.from({ length: 64 }, () => noise(65_536));
  const { descriptor } = blobOf(Buffer.concat(chunks));

  const failure = await blobs.push(descriptor, sourceOf(...chunks)).catch((error) => error);

  expect(failure).toMatchObject({ name: 'RegistryError', status: 413 });
});
