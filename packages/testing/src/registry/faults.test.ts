import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const ping = (url: string) => fetch(`${url}/v2/`);
const digest = digestOf('content');

test('a fault answers in the place of the registry, once', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /^\/v2\/$/, {
    status: 429,
    message: 'slow down',
    headers: { 'Retry-After': '7' },
  });

  const first = await ping(registry.url);
  const second = await ping(registry.url);

  expect([first.status, second.status]).toEqual([429, 200]);
  expect(first.headers.get('retry-after')).toBe('7');
  expect(await codesIn(first)).toEqual(['TOOMANYREQUESTS']);
  expect(registry.requests().map(({ status }) => status)).toEqual([429, 200]);
});

test('a fault has the code, the detail or the body that it is given', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /v2/, { status: 403, code: 'DENIED', message: 'no', detail: { why: 1 } });
  registry.fail('GET', /v2/, {
    status: 502,
    body: '<html>',
    headers: { 'content-type': 'text/html' },
  });

  const coded = await ping(registry.url);
  const bare = await ping(registry.url);

  expect(await coded.json()).toEqual({
    errors: [{ code: 'DENIED', message: 'no', detail: { why: 1 } }],
  });
  expect([bare.status, await bare.text()]).toEqual([502, '<html>']);
  expect(bare.headers.get('content-type')).toBe('text/html');
});

test('a fault waits for its method and its path', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /uploads/, { status: 503 });
  registry.fail('*', /tags/, { status: 500 });

  expect((await ping(registry.url)).status).toBe(200);
  expect((await fetch(`${registry.url}/v2/acme/app/tags/list`)).status).toBe(500);
  const post = { method: 'POST' };
  expect((await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, post)).status).toBe(503);
});

test('a fault may let some pass, hit several, and be forgotten', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /v2/, { status: 500, after: 2, times: 2 });
  const statuses: number[] = [];

  for (let count = 0; count < 5; count += 1) statuses.push((await ping(registry.url)).status);

  expect(statuses).toEqual([200, 200, 500, 500, 200]);
  registry.fail('GET', /v2/, { status: 500, times: Number.POSITIVE_INFINITY });
  registry.heal();
  expect((await ping(registry.url)).status).toBe(200);
});

test('several faults of one path come one after the other', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /v2/, { status: 500 });
  registry.fail('GET', /v2/, { status: 503 });

  const statuses = [await ping(registry.url), await ping(registry.url), await ping(registry.url)];

  expect(statuses.map(({ status }) => status)).toEqual([500, 503, 200]);
});

test('a refused upload does nothing, and a lost answer has done it', async () => {
  for (const [fault, blobs] of [
    [{ status: 500 }, []],
    [{ reset: 'before' }, []],
    [{ reset: 'after' }, [digest]],
    [{ status: 404, worked: true }, [digest]],
  ] as const) {
    await using registry = await startRegistry();
    const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', digest);
    registry.fail('PUT', /uploads/, fault);

    const outcome = await fetch(location, { method: 'PUT', body: 'content' }).then(
      ({ status }) => status,
      () => 'reset',
    );

    expect(outcome).toBe('status' in fault ? fault.status : 'reset');
    expect(registry.blobs('acme/app')).toEqual(blobs);
  }
});

test('a connection that breaks is a request of status 0', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /v2/, { reset: 'before' });

  await expect(ping(registry.url)).rejects.toThrow();

  expect(registry.requests()).toMatchObject([{ method: 'GET', path: '/v2/', status: 0 }]);
});

test('a slow answer comes after the work, and does not keep the registry open', async () => {
  const registry = await startRegistry();
  const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', digest);
  registry.fail('PUT', /uploads/, { delay: 60_000 });
  const waiting = fetch(location, { method: 'PUT', body: 'content' }).catch(() => 'lost');

  await expect.poll(() => registry.blobs('acme/app')).toEqual([digest]);
  await registry.close();

  expect(await waiting).toBe('lost');
});

test('a delayed answer comes late, and right', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /v2/, { delay: 200 });
  const start = performance.now();

  const { status } = await ping(registry.url);

  expect(status).toBe(200);
  expect(performance.now() - start).toBeGreaterThan(190);
});

test.each([{ truncate: 3 }, { reset: 'during' } as const])(
  'with %o, an answer ends before its length',
  async (fault) => {
    await using registry = await startRegistry();
    registry.seedBlob('acme/app', 'content');
    registry.fail('GET', /blobs/, fault);

    const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`);

    expect(answer.headers.get('content-length')).toBe('7');
    await expect(answer.text()).rejects.toThrow();
    expect(registry.requests()[0]?.bytesOut).toBe(3);
  },
);

test.each(['blobs', 'manifests'])(
  'corrupt content of %s has its length and another digest',
  async (kind) => {
    await using registry = await startRegistry();
    registry.seedBlob('acme/app', 'content');
    registry.seedManifest('acme/app', 'content');
    registry.fail('GET', /acme/, { corrupt: true });
    const url = `${registry.url}/v2/acme/app/${kind}/${digest}`;

    const corrupt = await (await fetch(url)).text();
    const whole = await (await fetch(url)).text();

    expect(corrupt).toHaveLength(7);
    expect(digestOf(corrupt)).not.toBe(digest);
    expect(whole).toBe('content');
  },
);

test('a fault without a status changes the headers or the body of the right answer', async () => {
  await using registry = await startRegistry();
  registry.seedManifest('acme/app', '{}', { tag: 'v1' });
  registry.fail('GET', /manifests/, {
    headers: { 'Docker-Content-Digest': digest, warning: '299 - "old"' },
    body: '{"other":1}',
  });

  const answer = await fetch(`${registry.url}/v2/acme/app/manifests/v1`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('docker-content-digest')).toBe(digest);
  expect(answer.headers.get('warning')).toBe('299 - "old"');
  expect(await answer.text()).toBe('{"other":1}');
});

test('an upload location may be sent anywhere', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /uploads/, { status: 202, headers: { location: 'http://127.0.0.1:1/x' } });

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, { method: 'POST' });

  expect([answer.status, answer.headers.get('location')]).toEqual([202, 'http://127.0.0.1:1/x']);
});

test('after an early refusal of a large body the connection serves the next request', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /uploads/, { status: 503 });
  const url = `${registry.url}/v2/acme/app/blobs/uploads/`;

  const refused = await fetch(url, { method: 'POST', body: new Uint8Array(1_000_000) });
  await refused.text();
  const next = await fetch(url, { method: 'POST' });

  expect([refused.status, next.status]).toEqual([503, 202]);
});
