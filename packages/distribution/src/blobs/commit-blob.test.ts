import { type Fault, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const { descriptor, source } = blobOf(noise(300_000));

async function pushTo(registry: Registry): Promise<string> {
  await using client = openClient({ clock: fastClock() });
  const { blobs } = client.repository({ registry: registry.host, repository });
  await blobs.push(descriptor, source);
  return registry
    .requests()
    .map(({ method }) => method)
    .join(' ');
}

const anew = (looks: number): string =>
  ['POST PUT', ...Array(looks).fill('HEAD'), 'DELETE POST PUT'].join(' ');

test.each<[string, Fault]>([
  ['whose answer is lost', { reset: 'after' }],
  ['that a gateway gave up on', { status: 504, worked: true }],
  ['that is said to be of no upload', { status: 404, code: 'BLOB_UPLOAD_UNKNOWN', worked: true }],
  ['that fails after it was done', { status: 500, worked: true }],
])('a commit %s is looked up, not repeated', async (_, fault) => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, fault);

  expect(await pushTo(registry)).toBe('POST PUT HEAD');
});

test('a blob that is there only after a while is found', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, { status: 504, worked: true });
  registry.fail('HEAD', /blobs/, { status: 404, times: 2 });

  expect(await pushTo(registry)).toBe('POST PUT HEAD HEAD HEAD');
});

test.each<[string, Fault, number]>([
  ['three times after a connection that broke', { reset: 'before' }, 3],
  ['three times after a gateway timeout', { status: 504 }, 3],
  ['three times where the session is gone', { status: 404, code: 'BLOB_UPLOAD_UNKNOWN' }, 3],
  ['once after any other failure of the registry', { status: 500 }, 1],
  ['once where it is unavailable', { status: 503 }, 1],
  ['never where it says that it is too much', { status: 429 }, 0],
])('what was not committed is looked for %s, and sent anew', async (_, fault, looks) => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, fault);

  expect(await pushTo(registry)).toBe(anew(looks));
});

test('a commit that is refused is not looked up', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /uploads/, { status: 403 });

  await expect(pushTo(registry)).rejects.toMatchObject({ code: 'DENIED' });

  expect(registry.requests('HEAD')).toEqual([]);
});
