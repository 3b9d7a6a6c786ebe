import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, locationIn, startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const digest = digestOf('content');

test('a POST and a PUT make a blob', async () => {
  await using registry = await startRegistry();
  const location = await startUploadAt(registry, 'acme/app');

  const answer = await fetch(withQuery(location, 'digest', digest), {
    method: 'PUT',
    body: 'content',
  });

  expect(answer.status).toBe(201);
  expect(answer.headers.get('location')).toBe(`${registry.url}/v2/acme/app/blobs/${digest}`);
  expect(answer.headers.get('docker-content-digest')).toBe(digest);
  expect(Buffer.from(registry.blob('acme/app', digest) ?? '').toString()).toBe('content');
});

test('one POST makes a blob, where the registry takes it', async () => {
  await using registry = await startRegistry();
  await using old = await startRegistry({ capabilities: { singlePost: false } });
  const path = `/v2/acme/app/blobs/uploads/?digest=${digest}`;

  const taken = await fetch(registry.url + path, { method: 'POST', body: 'content' });
  const started = await fetch(old.url + path, { method: 'POST', body: 'content' });

  expect(taken.status).toBe(201);
  expect(registry.blobs('acme/app')).toEqual([digest]);
  expect(started.status).toBe(202);
  expect(old.blobs('acme/app')).toEqual([]);
  const location = withQuery(locationIn(started), 'digest', digest);
  expect((await fetch(location, { method: 'PUT', body: 'content' })).status).toBe(201);
});

test('content of another digest is refused, and leaves nothing', async () => {
  await using registry = await startRegistry();
  const path = `/v2/acme/app/blobs/uploads/?digest=${digest}`;

  const answer = await fetch(registry.url + path, { method: 'POST', body: 'other' });

  expect(answer.status).toBe(400);
  expect(await codesIn(answer)).toEqual(['DIGEST_INVALID']);
  expect(registry.repositories()).toEqual([]);
});

test.each([
  ['sha256', {}, 202],
  ['sha512', {}, 202],
  ['sha512', { sha512: false }, 400],
  ['md5', {}, 400],
])(
  'an upload of a %s digest to a registry of %o is a %i',
  async (algorithm, capabilities, status) => {
    await using registry = await startRegistry({ capabilities });
    const path = `/v2/acme/app/blobs/uploads/?digest-algorithm=${algorithm}`;

    const answer = await fetch(registry.url + path, { method: 'POST' });

    expect(answer.status).toBe(status);
    if (status === 400) expect(await codesIn(answer)).toEqual(['DIGEST_INVALID']);
  },
);

test('a blob is mounted from the repository that has it', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/base', 'content');

  const answer = await fetch(
    `${registry.url}/v2/acme/app/blobs/uploads/?mount=${digest}&from=acme/base`,
    { method: 'POST' },
  );

  expect(answer.status).toBe(201);
  expect(registry.blobs('acme/app')).toEqual([digest]);
  expect(registry.statistics()).toMatchObject({ blobsMounted: 1, blobsUploaded: 0 });
});

test.each([
  ['from a repository without the blob', {}, '&from=acme/other', 202],
  ['of what is no digest', {}, 'x&from=acme/base', 202],
  ['where mounts are off', { mount: false }, '&from=acme/base', 202],
  ['without a source', {}, '', 202],
  ['without a source, where that goes', { anonymousMount: true }, '', 201],
])('a mount %s answers %o %s with %i', async (_, capabilities, rest, status) => {
  await using registry = await startRegistry({ capabilities });
  registry.seedBlob('acme/base', 'content');

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/?mount=${digest}${rest}`, {
    method: 'POST',
  });

  expect(answer.status).toBe(status);
  expect(registry.blobs('acme/app')).toEqual(status === 201 ? [digest] : []);
});

test('a mount that fails starts an upload', async () => {
  await using registry = await startRegistry({ capabilities: { mount: false } });

  const started = await fetch(
    `${registry.url}/v2/acme/app/blobs/uploads/?mount=${digest}&from=acme/base`,
    { method: 'POST' },
  );

  const location = withQuery(locationIn(started), 'digest', digest);
  expect((await fetch(location, { method: 'PUT', body: 'content' })).status).toBe(201);
});

test('the same blob pushed by many at once is one blob, and everybody succeeds', async () => {
  await using registry = await startRegistry();
  const path = `/v2/acme/app/blobs/uploads/?digest=${digest}`;

  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      fetch(registry.url + path, { method: 'POST', body: 'content' }),
    ),
  );

  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(201));
  expect(registry.blobs('acme/app')).toEqual([digest]);
});

test('a body above the limit is refused before and while it is read', async () => {
  await using registry = await startRegistry({ capabilities: { bodyMax: 6 } });
  const path = `${registry.url}/v2/acme/app/blobs/uploads/?digest=${digest}`;

  const told = await fetch(path, { method: 'POST', body: 'content' });
  const streamed = await fetch(path, {
    method: 'POST',
    body: new Blob(['content']).stream(),
    duplex: 'half',
  });

  expect([told.status, streamed.status]).toEqual([413, 413]);
  expect(registry.blobs('acme/app')).toEqual([]);
});

test('the location may be relative', async () => {
  await using registry = await startRegistry({ capabilities: { relativeLocation: true } });

  const started = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, { method: 'POST' });

  expect(started.headers.get('location')).toMatch(/^\/v2\/acme\/app\/blobs\/uploads\//);
});

test('the location may be on another origin, which refuses credentials', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', username: 'ada', password: 'secret' },
    capabilities: { externalUploads: true },
  });
  const authorization = `Basic ${btoa('ada:secret')}`;
  const started = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, {
    method: 'POST',
    headers: { authorization },
  });
  const location = withQuery(locationIn(started), 'digest', digest);

  const leaked = await fetch(location, {
    method: 'PUT',
    body: 'content',
    headers: { authorization },
  });
  const answer = await fetch(location, { method: 'PUT', body: 'content' });

  expect(location.host).not.toBe(registry.host);
  expect([leaked.status, answer.status]).toEqual([400, 201]);
  expect(answer.headers.get('location')).toBe(`${registry.url}/v2/acme/app/blobs/${digest}`);
});

test('64 MiB stream through, whole', async () => {
  await using registry = await startRegistry();
  const piece = Buffer.alloc(64 * 1024, 'oci-matrix');
  const pieces = 1024;
  const large = digestOf(Buffer.concat(Array.from({ length: pieces }, () => piece)));
  const body = ReadableStream.from(Array.from({ length: pieces }, () => piece));
  const location = withQuery(await startUploadAt(registry, 'acme/app'), 'digest', large);

  const answer = await fetch(location, { method: 'PUT', body, duplex: 'half' });

  expect(answer.status).toBe(201);
  const back = await fetch(`${registry.url}/v2/acme/app/blobs/${large}`);
  expect(digestOf(await back.bytes())).toBe(large);
});
