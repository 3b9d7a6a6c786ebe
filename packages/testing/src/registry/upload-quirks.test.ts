import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, locationIn, startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const digest = digestOf('content');
const chunk = (location: URL, range: string, body: string) =>
  fetch(location, { method: 'PATCH', body, headers: { 'content-range': range } });
const close = (location: URL, body = '') =>
  fetch(withQuery(location, 'digest', digest), { method: 'PUT', body });

test('a registry without chunks takes a stream, and refuses a range', async () => {
  await using registry = await startRegistry({ capabilities: { chunks: false } });
  const started = await startUploadAt(registry, 'acme/app');

  const refused = await chunk(started, '0-6', 'content');
  const streamed = await fetch(started, { method: 'PATCH', body: 'content' });
  const closed = await close(locationIn(streamed));

  expect([refused.status, streamed.status, closed.status]).toEqual([400, 202, 201]);
  expect(await codesIn(refused)).toEqual(['UNSUPPORTED']);
});

test('a PATCH may answer another status', async () => {
  await using registry = await startRegistry({ capabilities: { patchStatus: 201 } });

  const answer = await chunk(await startUploadAt(registry, 'acme/app'), '0-2', 'con');

  expect(answer.status).toBe(201);
  expect(answer.headers.get('range')).toBe('0-2');
});

test('chunks after the first may vanish while all seems well, until the digest tells', async () => {
  await using registry = await startRegistry({ capabilities: { laterChunks: false } });

  const first = await chunk(await startUploadAt(registry, 'acme/app'), '0-2', 'con');
  const second = await chunk(locationIn(first), '3-4', 'te');
  const third = await chunk(locationIn(second), '5-6', 'nt');
  const closed = await close(locationIn(third));

  expect([first, second, third].map(({ status }) => status)).toEqual([202, 202, 202]);
  expect(third.headers.get('range')).toBe('0-2');
  expect(await codesIn(closed)).toEqual(['DIGEST_INVALID']);
});

test('where later chunks vanish, one PATCH alone makes a blob', async () => {
  await using registry = await startRegistry({ capabilities: { laterChunks: false } });

  const sent = await chunk(await startUploadAt(registry, 'acme/app'), '0-6', 'content');

  expect((await close(locationIn(sent))).status).toBe(201);
});

test('a slow commit takes its time by the size of the blob', async () => {
  // 7 bytes at this rate are 140 ms.
  await using registry = await startRegistry({ capabilities: { commitTime: 20 * 1024 * 1024 } });
  const started = await startUploadAt(registry, 'acme/app');
  const before = performance.now();

  const closing = close(started, 'content');

  expect((await closing).status).toBe(201);
  expect(performance.now() - before).toBeGreaterThan(130);
});

test('a slow commit ends when its client has given up', async () => {
  await using registry = await startRegistry({ capabilities: { commitTime: 20 * 1024 * 1024 } });
  const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', digest);
  const signal = AbortSignal.timeout(70);

  await expect(fetch(location, { method: 'PUT', body: 'content', signal })).rejects.toThrow();

  await expect.poll(() => registry.blobs('acme/app')).toEqual([digest]);
});
