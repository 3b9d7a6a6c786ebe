import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from './client.ts';
import { behindBasic, credentialsSeen, openFor } from './test-kit/behind-basic.ts';
import { blobOf } from './test-kit/content.ts';
import { startScript } from './test-kit/scripted-server.ts';
import { collect } from './verified.ts';

const blob = blobOf('hello');

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
