import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { startScript } from '../test-kit/scripted-server.ts';
import { collect } from '../verified.ts';

const repository = 'octo/app';
const once1 = { attempts: 1 };

test('a registry that never answers is a TIMEOUT', async () => {
  await using server = await startScript(() => {});
  await using client = openClient({ timeouts: { headers: 200 }, retry: once1 });

  const failure = client.repository({ registry: server.host, repository }).manifests.fetch('v1');

  await expect(failure).rejects.toMatchObject({ name: 'TransportError', code: 'TIMEOUT' });
});

test('a body that stops coming is a TIMEOUT', async () => {
  await using server = await startScript((_, response) => {
    response.writeHead(200, { 'content-length': 1000 });
    response.write('{');
  });
  await using client = openClient({ timeouts: { body: 200 }, retry: once1 });

  const failure = client.repository({ registry: server.host, repository }).manifests.fetch('v1');

  await expect(failure).rejects.toMatchObject({ code: 'TIMEOUT' });
});

test('a registry that stops reading a body is a TIMEOUT', async () => {
  await using server = await startScript((request, response) => {
    if (request.method === 'POST') response.writeHead(202, { location: '/up' }).end();
    if (request.method === 'HEAD' || request.method === 'DELETE') response.writeHead(404).end();
  });
  await using client = openClient({
    timeouts: { headers: 200 },
    retry: once1,
    clock: fastClock(),
  });
  const { blobs } = client.repository({ registry: server.host, repository });
  const { descriptor, source } = blobOf(noise(20_000_000));

  const failure = blobs.push(descriptor, source);

  await expect(failure).rejects.toMatchObject({ name: 'TransportError', code: 'TIMEOUT' });
});

test('a registry that is not there is TRANSPORT, with what the socket said', async () => {
  await using client = openClient({ retry: once1 });

  const failure = await client
    .repository({ registry: '127.0.0.1:1', repository })
    .manifests.fetch('v1')
    .catch((error) => error);

  expect(failure).toMatchObject({ code: 'TRANSPORT', method: 'GET', temporary: true });
  expect(failure.message).toMatch(/^GET http:\/\/127\.0\.0\.1:1\/v2\/.*ECONNREFUSED/);
  expect(failure.cause).toMatchObject({ code: 'ECONNREFUSED' });
});

test('an answer that is not HTTP is not tried again', async () => {
  const server = createServer((socket) => void socket.end('SSH-2.0-OpenSSH\r\n'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const registry = `127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  await using client = openClient({ clock: fastClock() });

  const failure = client.repository({ registry, repository }).manifests.fetch('v1');

  await expect(failure).rejects.toMatchObject({ code: 'TRANSPORT', temporary: false });
  server.close();
});

test.each(['call', 'client'] as const)(
  'the signal of the %s ends a request with its reason',
  async (whose) => {
    const controller = new AbortController();
    await using server = await startScript(() => controller.abort(new Error('enough')));
    const { signal } = controller;
    await using client = openClient(whose === 'client' ? { signal } : {});
    const { manifests } = client.repository({ registry: server.host, repository });

    const failure = manifests.fetch('v1', whose === 'call' ? { signal } : {});

    await expect(failure).rejects.toThrow('enough');
    expect(client.statistics().retries).toBe(0);
  },
);

test('a signal ends a download and an upload in the middle', async () => {
  const controller = new AbortController();
  const { signal } = controller;
  const { descriptor, bytes } = blobOf(noise(200_000));
  await using server = await startScript((request, response) => {
    if (request.method === 'POST') return void response.writeHead(202, { location: '/up' }).end();
    if (request.method === 'GET') response.writeHead(200, { 'content-length': bytes.byteLength });
    if (request.method === 'GET') response.write(bytes.subarray(0, 1000));
    if (request.method === 'DELETE') response.writeHead(204).end();
  });
  await using client = openClient();
  const { blobs } = client.repository({ registry: server.host, repository });

  const download = collect(blobs.fetch(descriptor, { signal }));
  const upload = blobs.push(descriptor, { open: () => hang(bytes) }, { signal });
  setTimeout(() => controller.abort(new Error('enough')), 100);

  // Both end at once: one that nobody waits for yet would count as unhandled.
  await Promise.all([
    expect(download).rejects.toThrow('enough'),
    expect(upload).rejects.toThrow('enough'),
  ]);
});

async function* hang(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes.subarray(0, 1000);
  yield bytes.subarray(1000, 2000);
  await new Promise(() => {});
}
