import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const large = 300_000;

test('a blob of another repository is mounted, and its source is never opened', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob('octo/other', noise(large));
  const source = {
    open(): never {
      throw new Error('opened');
    },
  };

  const outcome = await blobs.push(descriptor, source, { mountFrom: ['octo/none', 'octo/other'] });

  expect(outcome).toBe('mounted');
  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  expect(registry.requests('DELETE')).toHaveLength(1);
});

test('the session that a registry opens instead of mounting is used', async () => {
  await using registry = await startRegistry({ capabilities: { mount: false } });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(large));

  const outcome = await blobs.push(descriptor, source, { mountFrom: ['octo/other'] });

  expect(outcome).toBe('uploaded');
  expect(registry.requests('POST')).toHaveLength(1);
});

test('a registry that refuses to mount gets the blob', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /mount=/, { status: 405 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  const outcome = await blobs.push(descriptor, source, { mountFrom: ['octo/other'] });

  expect(outcome).toBe('uploaded');
});

test.each([401, 403])(
  'a repository that a %d keeps from being mounted is not asked again, and others are',
  async (status) => {
    await using registry = await startRegistry();
    registry.fail('POST', /from=octo%2Fclosed/, { status, times: 9 });
    await using client = openClient();
    const { blobs } = client.repository({ registry: registry.host, repository });
    const [one, two] = [blobOf('one'), blobOf('two')];
    for (const { bytes } of [one, two]) registry.seedBlob('octo/open', bytes);
    const mountFrom = ['octo/closed', 'octo/open'];

    await blobs.push(one.descriptor, one.source, { mountFrom });
    await blobs.push(two.descriptor, two.source, { mountFrom });

    expect(registry.requests('POST', /closed/)).toHaveLength(1);
    expect(registry.requests('POST', /open/)).toHaveLength(2);
    expect(registry.blobs(repository)).toHaveLength(2);
  },
);

test('a repository that could not be mounted from for a moment is asked again', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /from=octo/, { status: 503 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');
  registry.seedBlob('octo/other', 'hello');

  const outcome = await blobs.push(descriptor, source, { mountFrom: ['octo/other'] });

  expect(outcome).toBe('mounted');
});
