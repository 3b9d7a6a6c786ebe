import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import type { RequestRecord } from './request-log.ts';
import { startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

test('requests are remembered in their order, with what they moved', async () => {
  await using registry = await startRegistry();
  const digest = digestOf('content');
  const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', digest);

  await fetch(location, { method: 'PUT', body: 'content' });
  await (await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`)).text();

  expect(registry.requests()).toMatchObject([
    { method: 'POST', path: '/v2/acme/app/blobs/uploads/', status: 202 },
    { method: 'PUT', path: location.pathname + location.search, status: 201, bytesIn: 7 },
    { method: 'GET', status: 200, bytesIn: 0, bytesOut: 7, server: 'registry' },
  ]);
});

test('requests can be asked for by method and path', async () => {
  await using registry = await startRegistry();
  await fetch(`${registry.url}/v2/`);
  await fetch(`${registry.url}/v2/`, { method: 'HEAD' });
  await fetch(`${registry.url}/v2/acme/app/tags/list?n=5`);

  expect(registry.requests('GET')).toHaveLength(2);
  expect(registry.requests('GET', /tags.*n=5/)).toHaveLength(1);
  expect(registry.requests('*', /^\/v2\/$/)).toHaveLength(2);
});

test('the statistics add them up, from the last time that they were cleared', async () => {
  await using registry = await startRegistry();
  await fetch(`${registry.url}/v2/`);
  registry.clearRequests();
  for (const body of ['content', 'more']) {
    const query = `digest=${digestOf(body)}`;
    await fetch(`${registry.url}/v2/acme/app/blobs/uploads/?${query}`, { method: 'POST', body });
  }
  await (await fetch(`${registry.url}/v2/acme/app/blobs/${digestOf('more')}`)).text();

  expect(registry.statistics()).toEqual({
    requests: 3,
    byKind: { 'POST upload': 2, 'GET blob': 1 },
    bytesIn: 11,
    bytesOut: 4,
    blobsUploaded: 2,
    blobsMounted: 0,
  });
});

test('a listener hears of a request when it is over', async () => {
  await using registry = await startRegistry();
  const heard: RequestRecord[] = [];
  registry.onRequest((request) => heard.push(request));

  await (await fetch(`${registry.url}/v2/`)).text();

  await expect.poll(() => heard).toHaveLength(1);
  expect(heard).toMatchObject([{ method: 'GET', path: '/v2/', status: 200 }]);
  expect(heard[0]?.duration).toBeGreaterThan(0);
});
