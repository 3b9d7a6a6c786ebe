import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from './client.ts';
import { openFor } from './test-kit/behind-basic.ts';
import { blobOf, noise } from './test-kit/content.ts';
import { startScript } from './test-kit/scripted-server.ts';

const blob = blobOf('hello');

test.each([
  ['../../x', 'v1'],
  ['octo/app/../../x', 'v1'],
  ['octo/app?x', 'v1'],
  ['octo/app', '../../blobs'],
  ['octo/app', 'v1?x'],
  ['octo/app', 'sha256:../../../x'],
  ['octo/app', `sha256:${'g'.repeat(64)}`],
])('a path that leaves the repository is never asked: %s at %s', async (repository, reference) => {
  await using registry = await startRegistry();
  await using client = openClient();

  const ask = async (): Promise<unknown> =>
    client.repository({ registry: registry.host, repository }).manifests.fetch(reference);

  await expect(ask()).rejects.toMatchObject({ code: /^INVALID_/ });
  expect(registry.requests()).toEqual([]);
});

test('a document that is an index and an image at once is not read', async () => {
  const both = JSON.stringify({ schemaVersion: 2, manifests: [], config: {}, layers: [] });
  await using server = await startScript((_, response) => {
    response.setHeader('content-type', mediaTypes.imageIndex).end(both);
  });
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ code: 'INVALID_MANIFEST' });
});

test('a document of another media type than its header says is not read', async () => {
  const document = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [] };
  await using server = await startScript((_, response) => {
    response.setHeader('content-type', mediaTypes.imageManifest).end(JSON.stringify(document));
  });
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ code: 'INVALID_MANIFEST' });
});

test.each([true, false])(
  'a manifest without end is not read to its end (length told: %s)',
  async (told) => {
    const chunk = noise(1024 * 1024);
    await using server = await startScript(async (_, response) => {
      response.setHeader('content-type', mediaTypes.imageIndex);
      if (told) response.setHeader('content-length', 2 ** 40);
      while (!response.destroyed) {
        await new Promise((resolve) => response.write(chunk, resolve));
      }
    });
    const { client, own } = openFor(server);
    await using _ = client;

    await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ code: 'SIZE_MISMATCH' });

    expect(client.statistics().bytesReceived).toBeLessThan(10 * 1024 * 1024);
  },
);

test('an error without end is not read to its end', async () => {
  const chunk = noise(64 * 1024);
  await using server = await startScript(async (_, response) => {
    response.writeHead(403);
    while (!response.destroyed) {
      await new Promise((resolve) => response.write(chunk, resolve));
    }
  });
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ status: 403, code: 'HTTP_403' });

  expect(client.statistics().bytesReceived).toBeLessThan(1024 * 1024);
});

test('an error body of HTML is left out, and control characters of a message are too', async () => {
  const errors = [{ code: 'DENIED', message: '\u001b[31mred\u001b[0m\r\n::set-env::x\u202e' }];
  await using server = await startScript((request, response) => {
    response.writeHead(403);
    response.end(request.url?.includes('html') ? '<b>no</b>' : JSON.stringify({ errors }));
  });
  const { client, own } = openFor(server);
  await using _ = client;

  const html = await own.manifests.fetch('html').catch((error) => error);
  const json = await own.manifests.fetch('json').catch((error) => error);

  expect(html.message).toBe(`GET ${server.url}/v2/octo/app/manifests/html: HTTP_403`);
  expect(json.message).toMatch(/json: DENIED: \[31mred \[0m ::set-env::x$/);
});

test('a signed URL is in no error and no event', async () => {
  await using server = await startScript((request, response) => {
    const location = '/up?_state=SECRET1&X-Amz-Signature=SECRET2&sig=SECRET3';
    const start = request.method === 'POST';
    request
      .resume()
      .on('end', () => void response.writeHead(start ? 202 : 400, { location }).end());
  });
  const events: unknown[] = [];
  await using client = openClient({ onEvent: (event) => void events.push(event) });
  const own = client.repository({ registry: server.host, repository: 'octo/app' });

  const failure = await own.blobs.push(blob.descriptor, blob.source).catch((error) => error);

  const said = `${failure.stack} ${JSON.stringify(failure)} ${JSON.stringify(events)}`;
  expect(said).toContain('_state=***');
  expect(said).not.toContain('SECRET');
});

test('an answer to an upload that has another digest is not believed', async () => {
  await using server = await startScript((request, response) => {
    const start = request.method === 'POST';
    const headers = start
      ? { location: '/up' }
      : { 'docker-content-digest': blobOf('other').descriptor.digest };
    request.resume().on('end', () => void response.writeHead(start ? 202 : 201, headers).end());
  });
  const { client, own } = openFor(server);
  await using _ = client;

  const failure = own.blobs.push(blob.descriptor, blob.source);

  await expect(failure).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
});
