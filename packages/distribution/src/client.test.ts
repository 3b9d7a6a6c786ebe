import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from './client.ts';
import type { ClientEvent } from './event.ts';
import { artifact, blobOf, noise } from './test-kit/content.ts';
import { fastClock } from './test-kit/fast-clock.ts';
import { startScript } from './test-kit/scripted-server.ts';

const repository = 'octo/app';

test('every request is told, with what it was for and what it moved', async () => {
  await using registry = await startRegistry();
  const events: ClientEvent[] = [];
  await using client = openClient({
    clock: fastClock(),
    onEvent: (event) => void events.push(event),
  });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(300_000));

  await blobs.push(descriptor, source);

  const common = { type: 'request', ms: 0, bytesReceived: 0 };
  const start = `${registry.url}/v2/octo/app/blobs/uploads/`;
  expect(events).toEqual([
    { ...common, kind: 'upload-start', method: 'POST', url: start, status: 202, bytesSent: 0 },
    {
      ...common,
      kind: 'upload-commit',
      method: 'PUT',
      status: 201,
      bytesSent: 300_000,
      url: expect.stringContaining(descriptor.digest),
    },
  ]);
});

test('statistics add up', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const { blobs, manifests } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  await blobs.push(descriptor, source);
  await blobs.fetchBytes(descriptor, 10);
  registry.seedManifest(repository, artifact(), { tag: 'v1' });
  await manifests.fetch('v1');

  expect(client.statistics()).toEqual({
    requests: { 'upload-whole': 1, 'blob-fetch': 1, 'manifest-fetch': 1 },
    retries: 0,
    bytesSent: 5,
    bytesReceived: 5 + artifact().byteLength,
  });
});

test('a warning is told once', async () => {
  await using registry = await startRegistry();
  const warning = '299 - "this registry is going away"';
  registry.fail('GET', /./, { headers: { warning }, times: 3 });
  const events: ClientEvent[] = [];
  await using client = openClient({ onEvent: (event) => void events.push(event) });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await manifests.fetch('v1');
  await manifests.fetch('v1');

  expect(events.filter(({ type }) => type === 'warning')).toEqual([
    { type: 'warning', registry: registry.host, text: 'this registry is going away' },
  ]);
});

test('connections are used again', async () => {
  const sockets = new Set<unknown>();
  await using server = await startScript((request, response) => {
    sockets.add(request.socket);
    response.writeHead(404).end();
  });
  await using client = openClient();
  const { blobs, manifests } = client.repository({ registry: server.host, repository });

  for (let i = 0; i < 5; i += 1) {
    await blobs.exists(blobOf(`${i}`).descriptor.digest);
    await manifests.fetch('v1');
  }

  // A connection is free for the next request one turn of the event loop after its answer.
  expect(sockets.size).toBeLessThanOrEqual(2);
});

test('no more requests are underway than were allowed', async () => {
  let [underway, most] = [0, 0];
  await using server = await startScript(async (_, response) => {
    underway += 1;
    most = Math.max(most, underway);
    await new Promise((resolve) => setTimeout(resolve, 5));
    underway -= 1;
    response.writeHead(404).end();
  });
  await using client = openClient({ concurrency: { metadata: 3 } });
  const { blobs } = client.repository({ registry: server.host, repository });

  await Promise.all(
    Array.from({ length: 20 }, (_, i) => blobs.exists(blobOf(`${i}`).descriptor.digest)),
  );

  expect(most).toBe(3);
});

test('a registry that has too much gets fewer bodies at a time', async () => {
  let [answered, underway, most] = [0, 0, 0];
  await using server = await startScript(async (_, response) => {
    underway += 1;
    answered += 1;
    if (answered > 4) most = Math.max(most, underway);
    const status = answered > 4 ? 404 : 429;
    await new Promise((resolve) => setTimeout(resolve, 5));
    underway -= 1;
    response.writeHead(status).end();
  });
  await using client = openClient({ retry: { attempts: 1 } });
  const { blobs } = client.repository({ registry: server.host, repository });
  const { descriptor } = blobOf(noise(100_000));
  const fetchMany = (count: number) =>
    Promise.allSettled(
      Array.from({ length: count }, () => blobs.fetchBytes(descriptor, 1_000_000)),
    );

  await fetchMany(4);
  await fetchMany(6);

  expect([answered, most]).toEqual([10, 1]);
});

test('closing ends what is underway, and tries nothing again', async () => {
  await using server = await startScript(() => void client.close());
  const client = openClient();
  const { manifests } = client.repository({ registry: server.host, repository });

  await expect(manifests.fetch('v1')).rejects.toThrow('the client was closed');
});

test('a user agent can be given', async () => {
  const agents: unknown[] = [];
  await using server = await startScript((request, response) => {
    agents.push(request.headers['user-agent']);
    response.writeHead(404).end();
  });
  await using client = openClient({ userAgent: 'acme/1.0' });

  await client.repository({ registry: server.host, repository }).manifests.fetch('v1');

  expect(agents).toEqual(['acme/1.0']);
});

test.each([
  { registry: 'ghcr.io', repository: 'Octo/App' },
  { registry: 'ghcr.io/octo', repository: 'app' },
  { registry: 'user@ghcr.io', repository: 'app' },
  { registry: 'ghcr', repository: 'app' },
])('%j is no repository', (name) => {
  expect(() => openClient().repository(name)).toThrow(/^not a /);
});
