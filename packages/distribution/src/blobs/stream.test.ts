import { createDigester } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { noise, sourceOf } from '../test-kit/content.ts';
import { liveBuffers } from '../test-kit/live-memory.ts';

const repository = 'octo/app';

const [piece, count] = [noise(65_536), 1024];
const source = sourceOf(...Array.from({ length: count }, () => piece));

/** 64 MiB of the same piece, again and again. */
function describe() {
  const digester = createDigester();
  for (let i = 0; i < count; i += 1) digester.update(piece);
  const size = count * piece.byteLength;
  return { mediaType: 'application/x-noise', digest: digester.digest(), size };
}

/** The most bytes of buffers that were in use whenever 8 MiB more had passed. The registry is in this process too. */
function memoryWatch() {
  const before = liveBuffers();
  const watch = {
    most: 0,
    measure(bytes: number): void {
      if (bytes % (8 * 1024 * 1024) >= piece.byteLength) return;
      watch.most = Math.max(watch.most, liveBuffers() - before);
    },
  };
  return watch;
}

const enough = 32 * 1024 * 1024;

test('64 MiB go up and come down in chunks of 64 KiB, and memory does not grow with them', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = describe();
  const watch = memoryWatch();
  let received = 0;

  await blobs.push(descriptor, source, { onProgress: watch.measure });
  for await (const part of blobs.fetch(descriptor)) {
    received += part.byteLength;
    watch.measure(received);
  }

  expect(received).toBe(descriptor.size);
  expect(watch.most).toBeLessThan(enough);
});

test('64 MiB go up in chunks of a registry, and memory does not grow with them', async () => {
  await using registry = await startRegistry({ capabilities: { bodyMax: 60 * 1024 * 1024 } });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = describe();
  const watch = memoryWatch();

  await blobs.push(descriptor, source, { onProgress: watch.measure });

  expect(registry.requests('PATCH')).toHaveLength(13);
  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  expect(watch.most).toBeLessThan(enough);
});
