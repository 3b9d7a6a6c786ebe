import { type Fault, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';
const mebibyte = 1024 * 1024;
const large = blobOf(noise(12 * mebibyte));
const capabilities = { bodyMax: 6 * mebibyte };

test.each([
  ['before it', { reset: 'before' }],
  ['in the middle of it', { reset: 'during' }],
  ['in the place of its answer', { reset: 'after' }],
] as const)('after a chunk that breaks off %s the upload goes on', async (_, fault) => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PATCH', /uploads/, { ...fault, after: 1 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
  expect(registry.requests('POST')).toHaveLength(2);
  expect(registry.requests('GET', /uploads/)).toHaveLength(1);
  expect(client.statistics().retries).toBe(1);
});

test('what the registry has is not sent again', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PATCH', /uploads/, { reset: 'after', after: 1 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  const sent = registry.requests('PATCH').reduce((sum, { bytesIn }) => sum + bytesIn, 0);
  expect(sent).toBe(large.descriptor.size);
});

test.each<Fault>([{ status: 429 }, { status: 503, times: 3 }, { reset: 'before', times: 3 }])(
  'a registry that answers the question with %o is asked again',
  async (fault) => {
    await using registry = await startRegistry({ capabilities });
    registry.fail('PATCH', /uploads/, { reset: 'after', after: 1 });
    registry.fail('GET', /uploads/, fault);
    await using client = openClient({ clock: fastClock() });
    const { blobs } = client.repository({ registry: registry.host, repository });

    await blobs.push(large.descriptor, large.source);

    expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
    expect(registry.requests('POST')).toHaveLength(2);
    expect(registry.requests('PATCH')).toHaveLength(3);
  },
);

test.each([404, 405, 416, 500])(
  'with a registry that answers the question with %d and nothing else it starts anew',
  async (status) => {
    await using registry = await startRegistry({ capabilities });
    registry.fail('PATCH', /uploads/, { reset: 'during', after: 1 });
    registry.fail('GET', /uploads/, { status, times: 99 });
    await using client = openClient({ clock: fastClock() });
    const { blobs } = client.repository({ registry: registry.host, repository });

    await blobs.push(large.descriptor, large.source);

    expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
    expect(registry.requests('POST')).toHaveLength(3);
  },
);

test('with a registry that claims more than it was sent it starts anew', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PATCH', /uploads/, { reset: 'before' });
  registry.fail('GET', /uploads/, { headers: { range: `0-${11 * mebibyte}` } });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
  expect(registry.requests('POST')).toHaveLength(3);
});

test('with a registry that does not stand by its answer to the question it starts anew', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PATCH', /uploads/, { reset: 'after', after: 1 });
  registry.fail('GET', /uploads/, { headers: { range: '0-0' }, times: 99 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
  expect(registry.requests('POST')).toHaveLength(3);
});

test('a commit of chunks that is said to be of no upload is made again where the upload is known', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PUT', /uploads/, { status: 404, code: 'BLOB_UPLOAD_UNKNOWN', after: 1 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.blobs(repository)).toEqual([large.descriptor.digest]);
  expect(registry.requests('PATCH')).toHaveLength(3);
});

test('a commit of chunks whose answer is lost is looked up, not repeated', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PUT', /uploads/, { reset: 'after', after: 1 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(registry.requests('PUT')).toHaveLength(2);
  expect(registry.requests('HEAD')).toHaveLength(1);
});

test('a line that breaks again and again brings all of a blob, while each time brings some', async () => {
  await using registry = await startRegistry({ capabilities });
  await using client = openClient({ clock: fastClock(), retry: { attempts: 2 } });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(31 * mebibyte));
  for (const after of [1, 3, 5, 7]) registry.fail('PATCH', /uploads/, { reset: 'during', after });

  await blobs.push(descriptor, source);

  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  expect(registry.requests('POST')).toHaveLength(2);
});

test('a registry that never keeps a byte is given up', async () => {
  await using registry = await startRegistry({ capabilities });
  registry.fail('PATCH', /uploads/, { reset: 'before', times: 99 });
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });

  await expect(blobs.push(large.descriptor, large.source)).rejects.toMatchObject({
    code: 'TRANSPORT',
  });

  expect(registry.requests('PATCH')).toHaveLength(6);
  expect(registry.requests('DELETE', /uploads/)).toHaveLength(2);
});

test('a chunk that is answered without a Range is believed', async () => {
  const seen: string[] = [];
  await using server = await startScript((request, response) => {
    const { method = '', headers } = request;
    request.resume().on('end', () => {
      const isWhole = method === 'PUT' && headers['content-length'] !== '0';
      if (method === 'PATCH') seen.push(`${headers['content-range']}`);
      const location = '/upload';
      response.writeHead(isWhole ? 413 : method === 'PUT' ? 201 : 202, { location }).end();
    });
  });
  await using client = openClient();
  const { blobs } = client.repository({ registry: server.host, repository });

  await blobs.push(large.descriptor, large.source);

  expect(seen).toEqual(['0-5242879', '5242880-10485759', '10485760-12582911']);
});
