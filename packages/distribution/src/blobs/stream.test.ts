import { createDigester } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { noise, sourceOf } from '../test-kit/content.ts';
import { liveBuffers } from '../test-kit/live-memory.ts';

const repository = 'octo/app';

test('64 MiB go up and come down in chunks of 64 KiB, and memory does not grow with them', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const [chunk, count] = [noise(65_536), 1024];
  const source = sourceOf(...Array.from({ length: count }, () => chunk));
  const digester = createDigester();
  for (let i = 0; i < count; i += 1) digester.update(chunk);
  const digest = digester.digest();
  const descriptor = { mediaType: 'application/x-noise', digest, size: count * chunk.byteLength };
  const before = liveBuffers();
  let [most, received] = [0, 0];
  const measure = (bytes: number): void => {
    if (bytes % (8 * 1024 * 1024) < 65_536) most = Math.max(most, liveBuffers() - before);
  };

  await blobs.push(descriptor, source, { onProgress: measure });
  for await (const part of blobs.fetch(descriptor)) {
    received += part.byteLength;
    measure(received);
  }

  expect(received).toBe(descriptor.size);
  // The registry is in this process too.
  expect(most).toBeLessThan(32 * 1024 * 1024);
});
