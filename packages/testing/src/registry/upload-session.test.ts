import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, locationIn, startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const digest = digestOf('content');
const chunk = (location: URL, range: string, body: string, method = 'PATCH') =>
  fetch(location, { method, body, headers: { 'content-range': range } });

test('chunks in order make a blob, and each answer says what arrived', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');

  const first = await chunk(started, '0-2', 'con');
  const second = await chunk(locationIn(first), '3-5', 'ten');
  const last = withQuery(locationIn(second), 'digest', digest);
  const answer = await chunk(last, '6-6', 't', 'PUT');

  expect([first.status, second.status, answer.status]).toEqual([202, 202, 201]);
  expect(second.headers.get('range')).toBe('0-5');
  expect(registry.blobs('acme/app')).toEqual([digest]);
});

test('a stream without a range makes a blob, closed by an empty PUT', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');

  const sent = await fetch(started, {
    method: 'PATCH',
    body: new Blob(['content']).stream(),
    duplex: 'half',
  });
  const closed = await fetch(withQuery(locationIn(sent), 'digest', digest), { method: 'PUT' });

  expect([sent.status, closed.status]).toEqual([202, 201]);
  expect(registry.blobs('acme/app')).toEqual([digest]);
});

test.each(['4-6', '0-2', 'bytes 3-5/7', '3'])(
  'after three bytes, a chunk of %s is a 416 that says where to go on',
  async (range) => {
    await using registry = await startRegistry();
    const first = await chunk(await startUploadAt(registry, 'acme/app'), '0-2', 'con');

    const answer = await chunk(locationIn(first), range, 'ten');

    expect(answer.status).toBe(416);
    expect(answer.headers.get('range')).toBe('0-2');
    expect((await chunk(locationIn(answer), '3-5', 'ten')).status).toBe(202);
  },
);

test('a chunk that is not as long as its range is refused', async () => {
  await using registry = await startRegistry();

  const answer = await chunk(await startUploadAt(registry, 'acme/app'), '0-9', 'con');

  expect(answer.status).toBe(400);
  expect(await codesIn(answer)).toEqual(['SIZE_INVALID']);
});

test('the status of an upload says what arrived and where to go on, at any of its locations', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');
  await chunk(started, '0-2', 'con');

  const status = await fetch(started);

  expect(status.status).toBe(204);
  expect(status.headers.get('range')).toBe('0-2');
  expect((await chunk(locationIn(status), '3-6', 'tent')).status).toBe(202);
});

test('only the newest location takes content', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');
  await chunk(started, '0-2', 'con');

  const answer = await chunk(started, '3-5', 'ten');

  expect(answer.status).toBe(404);
  expect(await codesIn(answer)).toEqual(['BLOB_UPLOAD_INVALID']);
});

test('a chunk that is sent again to its own location is a 416 that says where to go on', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');
  await chunk(started, '0-2', 'con');

  const again = await chunk(started, '0-2', 'con');

  expect([again.status, again.headers.get('range')]).toEqual([416, '0-2']);
  expect((await chunk(locationIn(again), '3-6', 'tent')).status).toBe(202);
});

test('a cancelled upload is gone', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');

  const cancelled = await fetch(started, { method: 'DELETE' });
  const status = await fetch(started);

  expect([cancelled.status, status.status]).toEqual([204, 404]);
  expect(await codesIn(status)).toEqual(['BLOB_UPLOAD_UNKNOWN']);
});

test('an upload belongs to its repository', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');

  const answer = await fetch(new URL(started.href.replace('acme/app', 'acme/other')));

  expect(answer.status).toBe(404);
});

test('a PUT needs a digest', async () => {
  await using registry = await startRegistry();

  const answer = await fetch(await startUploadAt(registry, 'acme/app'), {
    method: 'PUT',
    body: 'content',
  });

  expect(await codesIn(answer)).toEqual(['DIGEST_INVALID']);
});

test('a finished upload cannot be finished again', async () => {
  await using registry = await startRegistry();
  const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', digest);
  await fetch(location, { method: 'PUT', body: 'content' });

  const again = await fetch(location, { method: 'PUT', body: 'content' });

  expect(again.status).toBe(404);
  expect(registry.blobs('acme/app')).toEqual([digest]);
});

test('an upload may learn at its end that its digest is sha512', async () => {
  await using registry = await startRegistry();
  const wide = digestOf('content', 'sha512');
  const sent = await chunk(await startUploadAt(registry, 'acme/app'), '0-6', 'content');

  const closed = await fetch(withQuery(locationIn(sent), 'digest', wide), { method: 'PUT' });

  expect(closed.status).toBe(201);
  expect(registry.blobs('acme/app')).toEqual([wide]);
});

test('a chunk that breaks off stays as far as it came, and shows no blob', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');
  registry.fail('PATCH', /uploads/, { reset: 'during' });

  await expect(fetch(started, { method: 'PATCH', body: 'content' })).rejects.toThrow();
  const status = await fetch(started);

  expect(status.headers.get('range')).toBe('0-3');
  expect(registry.blobs('acme/app')).toEqual([]);
  const rest = await chunk(locationIn(status), '4-6', 'ent');
  expect(
    (await fetch(withQuery(locationIn(rest), 'digest', digest), { method: 'PUT' })).status,
  ).toBe(201);
});

test('a PUT that breaks off leaves neither blob nor upload', async () => {
  await using registry = await startRegistry();
  const started = await startUploadAt(registry, 'acme/app');
  registry.fail('PUT', /uploads/, { reset: 'during' });

  await expect(
    fetch(withQuery(started, 'digest', digest), { method: 'PUT', body: 'content' }),
  ).rejects.toThrow();

  expect((await fetch(started)).status).toBe(404);
  expect(registry.blobs('acme/app')).toEqual([]);
});

test('a registry with a least chunk says so, and takes a smaller one at the end alone', async () => {
  await using registry = await startRegistry({ capabilities: { chunkMin: 4 } });
  const begun = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, { method: 'POST' });

  const first = await chunk(locationIn(begun), '0-2', 'con');
  const second = await chunk(locationIn(first), '3-6', 'tent');

  expect(begun.headers.get('oci-chunk-min-length')).toBe('4');
  expect([first.status, second.status]).toEqual([202, 400]);
});

test('a chunk above the limit is a 416, and the same bytes without a range are not', async () => {
  await using registry = await startRegistry({ capabilities: { chunkMax: 6 } });
  const started = await startUploadAt(registry, 'acme/app');

  const chunked = await chunk(started, '0-6', 'content');
  const whole = await fetch(withQuery(started, 'digest', digest), {
    method: 'PUT',
    body: 'content',
  });

  expect([chunked.status, whole.status]).toEqual([416, 201]);
});

test.each(['PATCH', 'PUT'])(
  'a %s while another body is under way changes nothing',
  async (method) => {
    await using registry = await startRegistry();
    const started = await startUploadAt(registry, 'acme/app');
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const slow = fetch(started, { method: 'PATCH', body: readable, duplex: 'half' });
    await writer.write(Buffer.from('con'));
    await expect.poll(() => registry.requests('PATCH')[0]?.bytesIn).toBe(3);

    const second = await fetch(withQuery(started, 'digest', digest), { method, body: 'content' });
    await writer.write(Buffer.from('tent'));
    await writer.close();

    expect(second.status).toBe(409);
    const closing = withQuery(locationIn(await slow), 'digest', digest);
    expect((await fetch(closing, { method: 'PUT' })).status).toBe(201);
  },
);
