import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Client, openClient } from './client.ts';
import type { Credential } from './credentials/credential.ts';
import { staticCredentials } from './credentials/static-credentials.ts';
import type { Repository } from './repository.ts';
import { blobOf, noise } from './test-kit/content.ts';
import { fastClock } from './test-kit/fast-clock.ts';
import { type Script, type ScriptedServer, startScript } from './test-kit/scripted-server.ts';
import { collect } from './verified.ts';

const user = { username: 'octo', password: 'cat' };
const blob = blobOf('hello');

/** A client that has a credential for this registry, and its repository. */
function openFor(
  { host }: ScriptedServer,
  credential: Credential = user,
): { client: Client; own: Repository } {
  const credentials = staticCredentials({ registry: host, credential });
  const client = openClient({ credentials, clock: fastClock() });
  return { client, own: client.repository({ registry: host, repository: 'octo/app' }) };
}

/** Asks for the password first, and lets the script answer who has given it. */
const behindBasic =
  (script: Script): Script =>
  (request, response) => {
    if (request.headers.authorization !== undefined) return script(request, response);
    response.writeHead(401, { 'www-authenticate': 'Basic realm="here"' }).end();
  };

const credentialsSeen = ({ requests }: ScriptedServer): string[] =>
  requests.flatMap(({ authorization }) => authorization ?? []);

test('a redirect to another host gets no credentials', async () => {
  await using other = await startScript((_, response) => void response.end(blob.bytes));
  await using server = await startScript(
    behindBasic(
      (_, response) => void response.writeHead(307, { location: `${other.url}/x` }).end(),
    ),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  const bytes = await own.blobs.fetchBytes(blob.descriptor, 10);

  expect(Buffer.from(bytes).toString()).toBe('hello');
  expect(other.requests).toHaveLength(1);
  expect(credentialsSeen(other)).toEqual([]);
});

test('a redirect to another port of the same host gets no credentials either, nor does one back from there', async () => {
  await using server = await startScript(
    behindBasic(
      (_, response) => void response.writeHead(302, { location: `${other.url}/x` }).end(),
    ),
  );
  await using other = await startScript(
    (_, response) => void response.writeHead(302, { location: `${server.url}/v2/secret` }).end(),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toThrow();

  expect(credentialsSeen(other)).toEqual([]);
  const back = server.requests.filter(({ url }) => url === '/v2/secret');
  expect(back.map(({ authorization }) => authorization)).toEqual([undefined]);
});

test('redirects without end are not followed for ever', async () => {
  await using server = await startScript(
    (request, response) => void response.writeHead(307, { location: `${request.url}x` }).end(),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ code: 'PROTOCOL' });

  expect(server.requests.length).toBeLessThan(10);
});

test('an upload location on another host gets the blob, but no credentials', async () => {
  await using other = await startScript((request, response) => {
    request.resume().on('end', () => void response.writeHead(201).end());
  });
  await using server = await startScript(
    behindBasic((_, response) => {
      response.writeHead(202, { location: `${other.url}/upload?state=1` }).end();
    }),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  await own.blobs.push(blob.descriptor, blob.source);

  expect(other.requests).toMatchObject([{ method: 'PUT' }]);
  expect(other.requests[0]?.url).toMatch(/^\/upload\?state=1&digest=sha256%3A/);
  expect(credentialsSeen(other)).toEqual([]);
});

test('an upload location on another host that asks for credentials gets none', async () => {
  await using other = await startScript((request, response) => {
    const challenge = { 'www-authenticate': 'Basic realm="give"' };
    request.resume().on('end', () => void response.writeHead(401, challenge).end());
  });
  await using server = await startScript(
    behindBasic((_, response) => void response.writeHead(202, { location: other.url }).end()),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.blobs.push(blob.descriptor, blob.source)).rejects.toMatchObject({ status: 401 });

  expect(credentialsSeen(other)).toEqual([]);
});

test.each([
  ['a redirect', 'GET', 307],
  ['an upload location', 'POST', 202],
])('%s to the metadata service of a cloud is not followed', async (_, method, status) => {
  const location = 'http://169.254.169.254/latest/meta-data/';
  await using server = await startScript(
    (_request, response) => void response.writeHead(status, { location }).end(),
  );
  const { client, own } = openFor(server);
  await using __ = client;

  const failure = await (method === 'GET'
    ? collect(own.blobs.fetch(blob.descriptor))
    : own.blobs.push(blob.descriptor, blob.source)
  ).catch((error) => error);

  expect(failure).toMatchObject({ code: 'PROTOCOL' });
  expect(failure.message).toMatch(/link-local address 169\.254\.169\.254/);
});

test.each([
  ['http://auth.example.com/token', 'is not https'],
  ['http://10.0.0.1/token', 'is not https'],
  ['ftp://127.0.0.1/token', 'is not https'],
  ['https://u:p@auth.example.com/token', 'has credentials in it'],
  ['http://[', 'is not a URL'],
])('a password does not go to the realm %s', async (realm, reason) => {
  await using server = await startScript((_, response) => {
    response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
  });
  const { client, own } = openFor(server);
  await using _ = client;

  const failure = await own.manifests.fetch('v1').catch((error) => error);

  expect(failure).toMatchObject({ name: 'AuthError', code: 'CHALLENGE_UNSUPPORTED' });
  expect(failure.message).toContain(reason);
  expect(credentialsSeen(server)).toEqual([]);
});

test('a realm at the metadata service of a cloud is not asked', async () => {
  await using server = await startScript((_, response) => {
    const realm = 'https://169.254.169.254/token';
    response.writeHead(401, { 'www-authenticate': `Bearer realm="${realm}"` }).end();
  });
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toThrow(/link-local/);
});

test('a token server that redirects to another host takes no password there', async () => {
  await using other = await startScript((_, response) => void response.end('{"token":"x"}'));
  await using server = await startScript((request, response) => {
    if (request.url?.startsWith('/token')) {
      return void response.writeHead(307, { location: `${other.url}/token` }).end();
    }
    response.writeHead(401, { 'www-authenticate': 'Bearer realm="/token"' }).end();
  });
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(own.manifests.fetch('v1')).rejects.toMatchObject({ code: 'PROTOCOL' });

  expect(other.requests).toEqual([]);
});

test('credentials of one registry are not offered to another', async () => {
  await using other = await startScript((_, response) => {
    response.writeHead(401, { 'www-authenticate': 'Basic realm="give"' }).end();
  });
  await using server = await startScript((_, response) => void response.end());
  const { client } = openFor(server);
  await using _ = client;
  const theirs = client.repository({ registry: other.host, repository: 'octo/app' });

  await expect(theirs.manifests.fetch('v1')).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });

  expect(credentialsSeen(other)).toEqual([]);
});

test('a next page on another host is not asked', async () => {
  await using other = await startScript((_, response) => void response.end('{"tags":["b"]}'));
  await using server = await startScript(
    behindBasic((_, response) => {
      response.setHeader('link', `<${other.url}/v2/octo/app/tags/list>; rel="next"`);
      response.end('{"tags":["a"]}');
    }),
  );
  const { client, own } = openFor(server);
  await using _ = client;

  await expect(Array.fromAsync(own.tags.list())).rejects.toMatchObject({ code: 'PROTOCOL' });

  expect(other.requests).toEqual([]);
});

test('the urls of a descriptor are never asked', async () => {
  await using other = await startScript((_, response) => void response.end(blob.bytes));
  await using registry = await startRegistry();
  await using client = openClient();
  const own = client.repository({ registry: registry.host, repository: 'octo/app' });
  const foreign = { ...blob.descriptor, urls: [`${other.url}/layer`] };

  await expect(own.blobs.fetchBytes(foreign, 10)).rejects.toMatchObject({ status: 404 });

  expect(other.requests).toEqual([]);
});

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
