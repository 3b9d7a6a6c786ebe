import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Client, openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { probeSize, singlePostSize } from './post-blob.ts';

const repository = 'octo/app';
const texts = ['one', 'second', 'the third'];

async function pushAll(client: Client, { host }: Registry): Promise<void> {
  const { blobs } = client.repository({ registry: host, repository });
  await Promise.all(texts.map((text) => blobs.push(blobOf(text).descriptor, blobOf(text).source)));
}

const methods = (registry: Registry) => registry.requests().map(({ method }) => method);
const bytesIn = (registry: Registry) =>
  registry.requests().reduce((sum, request) => sum + request.bytesIn, 0);

test('a small blob is one request, a larger one too where that works, and a large one two', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const sizes = [probeSize, singlePostSize, singlePostSize + 1];
  const [first, small, larger] = sizes.map((size) => blobOf(noise(size)));
  if (!(first && small && larger)) throw new Error('three blobs are meant');

  await blobs.push(first.descriptor, first.source);
  await blobs.push(small.descriptor, small.source);
  await blobs.push(larger.descriptor, larger.source);

  expect(registry.blobs(repository).sort()).toEqual(
    [first.descriptor.digest, small.descriptor.digest, larger.descriptor.digest].sort(),
  );
  expect(methods(registry)).toEqual(['POST', 'POST', 'POST', 'PUT']);
});

test('small blobs that go together are one request each', async () => {
  await using registry = await startRegistry();
  await using client = openClient();

  await pushAll(client, registry);

  expect(methods(registry)).toEqual(['POST', 'POST', 'POST']);
  expect(registry.blobs(repository)).toHaveLength(3);
});

test('a registry that opens a session instead gets each body but the first once', async () => {
  await using registry = await startRegistry({ capabilities: { singlePost: false } });
  await using client = openClient();

  await pushAll(client, registry);

  expect(registry.requests('POST')).toHaveLength(3);
  expect(registry.requests('POST', /digest=/)).toHaveLength(1);
  expect(registry.requests('PUT')).toHaveLength(3);
  expect(bytesIn(registry)).toBeLessThanOrEqual('onesecondthe third'.length + 'one'.length);
  expect(registry.blobs(repository)).toHaveLength(3);
});

test.each([400, 404, 405, 413, 501])(
  'a registry that answers it with %d is asked once',
  async (status) => {
    await using registry = await startRegistry();
    registry.fail('POST', /digest=/, { status, code: 'UNSUPPORTED', times: 9 });
    await using client = openClient({ clock: fastClock() });

    await pushAll(client, registry);

    expect(registry.requests('POST', /digest=/)).toHaveLength(1);
    expect(registry.requests()).toHaveLength(1 + 2 * texts.length);
  },
);

test('a gateway that breaks off at the body is not sent another', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /digest=/, { reset: 'before', times: 99 });
  await using client = openClient({ clock: fastClock() });

  await pushAll(client, registry);

  expect(registry.requests('POST', /digest=/)).toHaveLength(1);
  expect(registry.blobs(repository)).toHaveLength(3);
});

test.each([401, 403])('%d is about who asks, and no other form is tried', async (status) => {
  await using registry = await startRegistry();
  registry.fail('POST', /uploads/, { status, times: 9 });
  await using client = openClient();
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('one');

  await expect(blobs.push(descriptor, source)).rejects.toThrow(/DENIED|credentials/);

  expect(registry.requests()).toHaveLength(1);
});

test.each([429, 503])('%d says nothing about what the registry can do', async (status) => {
  await using registry = await startRegistry();
  registry.fail('POST', /digest=/, { status });
  await using client = openClient({ clock: fastClock() });

  await pushAll(client, registry);

  expect(methods(registry)).toEqual(['POST', 'POST', 'POST', 'POST']);
});

test('what one registry does says nothing about another', async () => {
  await using old = await startRegistry({ capabilities: { singlePost: false } });
  await using other = await startRegistry();
  await using client = openClient();

  await pushAll(client, old);
  await pushAll(client, other);

  expect(methods(other)).toEqual(['POST', 'POST', 'POST']);
});
