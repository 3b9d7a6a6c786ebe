import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { startProxy } from './proxy.ts';

async function startSilentServer() {
  let bytes = 0;
  const server = createServer((request, response) => {
    request.on('data', (chunk) => {
      bytes += chunk.length;
    });
    request.on('end', () => response.end('done'));
    request.pause();
    setTimeout(() => request.resume(), 300);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return {
    port,
    received: () => bytes,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

test('requests and the bytes of their bodies are counted, and the answers come through', async () => {
  await using registry = await startRegistry();
  await using proxy = await startProxy(Number(new URL(registry.url).port));
  const url = `http://${proxy.host}/v2/octo/app/blobs/uploads/`;

  const started = await fetch(url, { method: 'POST' });
  const location = new URL(started.headers.get('location') ?? '', url);
  await fetch(location, { method: 'PATCH', body: Buffer.alloc(100_000) });
  const missing = await fetch(`http://${proxy.host}/v2/octo/app/tags/list`);

  expect([started.status, missing.status]).toEqual([202, 404]);
  expect(location.host).toBe(proxy.host);
  expect(proxy.take()).toEqual({ requests: { POST: 1, PATCH: 1, GET: 1 }, bytesUp: 100_000 });
  expect(proxy.take()).toEqual({ requests: {}, bytesUp: 0 });
});

test('every request waits before it is passed on, also the second of a connection', async () => {
  await using registry = await startRegistry();
  await using proxy = await startProxy(Number(new URL(registry.url).port));
  proxy.delay(50);
  const started = performance.now();

  for (let at = 0; at < 3; at += 1) await (await fetch(`http://${proxy.host}/v2/`)).text();

  expect(performance.now() - started).toBeGreaterThanOrEqual(145);
});

test('a sender that is faster than the registry is held up, not buffered', async () => {
  await using server = await startSilentServer();
  await using proxy = await startProxy(server.port);
  const size = 64 * 1024 * 1024;
  const [host, port] = proxy.host.split(':');
  const client = connect(Number(port), host);
  await once(client, 'connect');
  client.write(`PUT / HTTP/1.1\r\nhost: r\r\nconnection: close\r\ncontent-length: ${size}\r\n\r\n`);
  for (let sent = 0; sent < size; sent += 1024 * 1024) client.write(Buffer.alloc(1024 * 1024));

  await sleep(150);
  const whilePaused = proxy.take().bytesUp;
  const [answer] = await once(client, 'data');

  expect(whilePaused).toBeLessThan(size / 2);
  expect(String(answer)).toMatch(/^HTTP\/1\.1 200 /);
  expect(server.received()).toBe(size);
  client.destroy();
});

test('a registry that is not there closes the connection', async () => {
  await using proxy = await startProxy(1);

  await expect(fetch(`http://${proxy.host}/v2/`)).rejects.toThrow('fetch failed');
});

test('a client that tries TLS hears at once that there is none', async () => {
  await using registry = await startRegistry();
  await using proxy = await startProxy(Number(new URL(registry.url).port));
  const started = performance.now();

  await expect(fetch(`https://${proxy.host}/v2/`)).rejects.toThrow('fetch failed');

  expect(performance.now() - started).toBeLessThan(5000);
  expect(proxy.take().requests).toEqual({});
});
