import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import type { ClientEvent } from '../event.ts';
import { artifact } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { startScript } from '../test-kit/scripted-server.ts';

const repository = 'octo/app';

test.each([408, 425, 429, 499, 500, 502, 503, 504, 520, 524])(
  '%d is tried again',
  async (status) => {
    await using registry = await startRegistry();
    registry.fail('GET', /manifests/, { status, times: 2 });
    await using client = openClient({ clock: fastClock() });
    const { manifests } = client.repository({ registry: registry.host, repository });
    const descriptor = registry.seedManifest(repository, artifact(), { tag: 'v1' });

    expect((await manifests.fetch('v1'))?.descriptor).toEqual(descriptor);
    expect(client.statistics().retries).toBe(2);
  },
);

test.each([400, 401, 403, 405, 413, 416, 501])('%d is not tried again', async (status) => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status, times: 100 });
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.fetch('v1')).rejects.toThrow();

  expect(registry.requests()).toHaveLength(1);
});

test('TOOMANYREQUESTS is tried again whatever status it comes with', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 403, code: 'TOOMANYREQUESTS' });
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  expect(await manifests.fetch('v1')).toBeUndefined();
});

test.each(['before', 'during', 'after'] as const)(
  'a connection that breaks %s the answer is tried again',
  async (reset) => {
    await using registry = await startRegistry();
    registry.fail('GET', /manifests/, { reset });
    await using client = openClient({ clock: fastClock() });
    const { manifests } = client.repository({ registry: registry.host, repository });
    const descriptor = registry.seedManifest(repository, artifact(), { tag: 'v1' });

    expect((await manifests.fetch('v1'))?.descriptor).toEqual(descriptor);
  },
);

test('a manifest whose push got no answer is pushed again', async () => {
  await using registry = await startRegistry();
  registry.seedBlob(repository, '{}');
  registry.fail('PUT', /manifests/, { reset: 'after' });
  await using client = openClient({ clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await manifests.push(artifact(), 'application/vnd.oci.image.manifest.v1+json', { tag: 'v1' });

  expect(registry.requests('PUT')).toHaveLength(2);
});

test('waits double up to a limit, and are up to that long by chance', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 503, times: 100 });
  const [clock, half] = [fastClock(1), fastClock(0.5)];
  await using client = openClient({ clock, retry: { attempts: 10 } });
  await using other = openClient({ clock: half });
  const of = (each: typeof client): Promise<unknown> =>
    each.repository({ registry: registry.host, repository }).manifests.fetch('v1');

  await expect(of(client)).rejects.toMatchObject({ status: 503 });
  await expect(of(other)).rejects.toMatchObject({ status: 503 });

  expect(clock.sleeps).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(half.sleeps).toEqual([250, 500, 1000, 2000, 4000]);
});

test('after the deadline nothing is tried again', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 503, times: 100 });
  const clock = fastClock(1);
  await using client = openClient({ clock, retry: { attempts: 100, deadline: 10_000 } });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await expect(manifests.fetch('v1')).rejects.toMatchObject({ status: 503 });

  expect(clock.sleeps).toEqual([500, 1000, 2000, 4000]);
});

test.each([
  ['seconds', '7', 7000],
  ['a date', new Date(Date.UTC(2026, 0, 1) + 9000).toUTCString(), 9000],
  ['more than anybody waits', '86400', 120_000],
])('Retry-After is obeyed when it is %s', async (_, value, wait) => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 429, headers: { 'retry-after': value } });
  const clock = fastClock(0);
  await using client = openClient({ clock });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await manifests.fetch('v1');

  expect(clock.sleeps).toEqual([wait]);
});

test('a refusal that says when to come back is tried again then', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 403, headers: { 'retry-after': '3' } });
  const clock = fastClock(0);
  await using client = openClient({ clock });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await manifests.fetch('v1');

  expect(clock.sleeps).toEqual([3000]);
});

test('what one request is told to wait, all requests to that host wait', async () => {
  await using server = await startScript((request, response) => {
    const busy = request.url?.endsWith('/busy') && server.requests.length === 1;
    response.writeHead(busy ? 429 : 404, busy ? { 'retry-after': '5' } : {}).end();
  });
  const clock = fastClock(0);
  await using client = openClient({ clock, retry: { attempts: 1 } });
  const { manifests } = client.repository({ registry: server.host, repository });

  await expect(manifests.fetch('busy')).rejects.toMatchObject({ status: 429 });
  await manifests.fetch('other');

  expect(clock.sleeps).toEqual([5000]);
});

test('every retry is told, with its reason and its wait', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /manifests/, { status: 503, message: 'busy' });
  const events: ClientEvent[] = [];
  await using client = openClient({
    clock: fastClock(),
    onEvent: (event) => void events.push(event),
  });
  const { manifests } = client.repository({ registry: registry.host, repository });

  await manifests.fetch('v1');

  expect(events.filter(({ type }) => type === 'retry')).toEqual([
    { type: 'retry', why: expect.stringMatching(/HTTP_503: busy$/), attempt: 1, wait: 250 },
  ]);
});
