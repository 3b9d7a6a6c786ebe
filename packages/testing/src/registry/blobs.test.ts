import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, locationIn } from './sample.ts';
import { startRegistry } from './start-registry.ts';

test('a blob comes back as it was, with its digest and size', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`);

  expect(answer.status).toBe(200);
  expect(answer.headers.get('docker-content-digest')).toBe(digest);
  expect(answer.headers.get('content-length')).toBe('7');
  expect(await answer.text()).toBe('content');
});

test('a HEAD says the size of a blob and sends nothing', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, { method: 'HEAD' });

  expect(answer.headers.get('content-length')).toBe('7');
  expect(registry.requests('HEAD')[0]?.bytesOut).toBe(0);
});

test('an empty blob is a blob', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', '');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`);

  expect([answer.status, await answer.text()]).toEqual([200, '']);
});

test('a range of a blob comes alone', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, {
    headers: { range: 'bytes=3-5' },
  });

  expect(answer.status).toBe(206);
  expect(answer.headers.get('content-range')).toBe('bytes 3-5/7');
  expect(await answer.text()).toBe('ten');
});

test('a range past the end is refused, with the size', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, {
    headers: { range: 'bytes=7-' },
  });

  expect(answer.status).toBe(416);
  expect(answer.headers.get('content-range')).toBe('bytes */7');
});

test('who has a blob already is told so', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, {
    headers: { 'if-none-match': `"${digest}"` },
  });

  expect(answer.status).toBe(304);
});

test('a missing blob, a missing repository and a wrong digest have codes of their own', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/app', 'content');
  const missing = digestOf('missing');

  const answers = await Promise.all([
    fetch(`${registry.url}/v2/acme/app/blobs/${missing}`),
    fetch(`${registry.url}/v2/acme/other/blobs/${missing}`),
    fetch(`${registry.url}/v2/acme/app/blobs/sha256:abc`),
  ]);

  expect(answers.map(({ status }) => status)).toEqual([404, 404, 400]);
  expect(await Promise.all(answers.map(codesIn))).toEqual([
    ['BLOB_UNKNOWN'],
    ['NAME_UNKNOWN'],
    ['DIGEST_INVALID'],
  ]);
});

test('a deleted blob is gone at once, and only from its repository', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedBlob('acme/app', 'content');
  registry.seedBlob('acme/other', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, { method: 'DELETE' });
  const again = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, { method: 'DELETE' });

  expect([answer.status, again.status]).toEqual([202, 404]);
  expect(registry.blobs('acme/app')).toEqual([]);
  expect((await fetch(`${registry.url}/v2/acme/other/blobs/${digest}`)).status).toBe(200);
});

test('blobs are private to their repository, unless the registry shares them', async () => {
  await using strict = await startRegistry();
  await using sharing = await startRegistry({ capabilities: { crossRepositoryBlobs: true } });
  const { digest } = strict.seedBlob('acme/app', 'content');
  sharing.seedBlob('acme/app', 'content');

  expect((await fetch(`${strict.url}/v2/acme/other/blobs/${digest}`)).status).toBe(404);
  expect((await fetch(`${sharing.url}/v2/acme/other/blobs/${digest}`)).status).toBe(200);
});

test('a redirected blob comes from another origin, which refuses credentials', async () => {
  await using registry = await startRegistry({ capabilities: { redirectBlobs: true } });
  const { digest } = registry.seedBlob('acme/app', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`, {
    redirect: 'manual',
  });
  const location = locationIn(answer);

  expect(answer.status).toBe(307);
  expect(location.host).not.toBe(registry.host);
  expect(await (await fetch(location)).text()).toBe('content');
  const leaked = await fetch(location, { headers: { authorization: 'Bearer secret' } });
  expect(leaked.status).toBe(400);
  expect((await fetch(new URL(location.pathname, location))).status).toBe(403);
  expect(registry.requests().filter(({ authorization }) => authorization)).toMatchObject([
    { server: 'storage', authorization: 'Bearer' },
  ]);
});

test('sha512 is taken, unless the registry has none', async () => {
  await using registry = await startRegistry();
  await using old = await startRegistry({ capabilities: { sha512: false } });
  const digest = digestOf('content', 'sha512');
  const push = (url: string) =>
    fetch(`${url}/v2/acme/app/blobs/uploads/?digest=${digest}`, {
      method: 'POST',
      body: 'content',
    });

  expect((await push(registry.url)).status).toBe(201);
  expect((await push(old.url)).status).toBe(400);
  expect(registry.blobs('acme/app')).toEqual([digest]);
});
