import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { type DirectRegistry, openDirectRegistry } from './direct-registry.ts';

const ask = (registry: DirectRegistry, method: string, path: string, text = '', stale = 0) =>
  registry.ask(
    {
      method,
      url: new URL(`http://registry.test/v2/octo/app/${path}`),
      headers: { 'content-type': 'application/vnd.oci.image.index.v1+json' },
      body: Buffer.from(text),
    },
    stale,
  );

const index = (note: string): string =>
  JSON.stringify({ schemaVersion: 2, manifests: [], annotations: { note } });

test('a blob that was pushed without a connection is there', async () => {
  await using registry = openDirectRegistry();
  const digest = digestOf(Buffer.from('content'));

  const pushed = await ask(registry, 'POST', `blobs/uploads/?digest=${digest}`, 'content');

  expect(pushed.status).toBe(201);
  expect(registry.blobs('octo/app')).toEqual([digest]);
  const { body, headers } = await ask(registry, 'GET', `blobs/${digest}`);
  expect(Buffer.from(body).toString()).toBe('content');
  expect(headers['content-length']).toBe('7');
});

test('an upload in two requests ends in one blob', async () => {
  await using registry = openDirectRegistry();
  const digest = digestOf(Buffer.from('content'));
  const { headers } = await ask(registry, 'POST', 'blobs/uploads/');
  const session = String(headers.location).replace(/^.*\/app\//, '');

  const pushed = await ask(registry, 'PUT', `${session}&digest=${digest}`, 'content');

  expect(pushed.status).toBe(201);
  expect(Buffer.from(registry.blob('octo/app', digest) ?? []).toString()).toBe('content');
});

test('an answer to HEAD tells the size, and has no body', async () => {
  await using registry = openDirectRegistry();
  await ask(registry, 'PUT', 'manifests/v1', index('one'));

  const { status, headers, body } = await ask(registry, 'HEAD', 'manifests/v1');

  expect(status).toBe(200);
  expect(headers['content-length']).toBe(String(index('one').length));
  expect(body).toHaveLength(0);
});

test('a stale read gives what the tag was by the clock of the registry', async () => {
  let time = 1000;
  await using registry = openDirectRegistry({
    now: () => time,
    capabilities: { staleTagReads: 5000 },
  });
  await ask(registry, 'PUT', 'manifests/v1', index('one'));
  time = 2000;
  await ask(registry, 'PUT', 'manifests/v1', index('two'));
  time = 2500;

  const now = await ask(registry, 'GET', 'manifests/v1');
  const before = await ask(registry, 'GET', 'manifests/v1', '', 1000);
  const longBefore = await ask(registry, 'GET', 'manifests/v1', '', 2000);

  expect(Buffer.from(now.body).toString()).toBe(index('two'));
  expect(Buffer.from(before.body).toString()).toBe(index('one'));
  expect(longBefore.status).toBe(404);
});

test('what is wrong is refused as a registry refuses it', async () => {
  await using registry = openDirectRegistry();

  const { status, body } = await ask(registry, 'GET', 'manifests/v1');

  expect(status).toBe(404);
  expect(JSON.parse(Buffer.from(body).toString()).errors[0].code).toBe('NAME_UNKNOWN');
});
