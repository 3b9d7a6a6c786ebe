import { digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { jsonIn } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const credentials = { username: 'ada', password: 'pass:word' };
const basic = (password = credentials.password) => ({
  authorization: `Basic ${btoa(`${credentials.username}:${password}`)}`,
});

async function tokenFor(url: string, scope: string, headers = basic()) {
  const answer = await fetch(`${url}/token?service=x&scope=${scope}`, { headers });
  const { token } = await jsonIn(answer);
  return { authorization: `Bearer ${token}` };
}

test('an open registry answers a ping', async () => {
  await using registry = await startRegistry();

  expect((await fetch(`${registry.url}/v2/`)).status).toBe(200);
});

test('with basic, everything needs the username and the password', async () => {
  await using registry = await startRegistry({ auth: { kind: 'basic', ...credentials } });

  const challenged = await fetch(`${registry.url}/v2/`);

  expect(challenged.status).toBe(401);
  expect(challenged.headers.get('www-authenticate')).toMatch(/^Basic realm="/);
  expect((await fetch(`${registry.url}/v2/`, { headers: basic() })).status).toBe(200);
  expect((await fetch(`${registry.url}/v2/`, { headers: basic('other') })).status).toBe(401);
});

test('with basic and open pulls, anybody reads and nobody else writes', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'basic', ...credentials, pull: 'anonymous' },
  });
  const { digest } = registry.seedBlob('acme/app', 'content');

  const read = await fetch(`${registry.url}/v2/acme/app/blobs/${digest}`);
  const written = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, { method: 'POST' });

  expect([read.status, written.status]).toEqual([200, 401]);
});

test('with bearer, a challenge says where to get a token and for what', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...credentials } });

  const answer = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, { method: 'POST' });

  expect(answer.status).toBe(401);
  expect(answer.headers.get('www-authenticate')).toBe(
    `Bearer realm="${registry.url}/token",service="${registry.host}",scope="repository:acme/app:pull,push"`,
  );
});

test.each([
  ['GET', 'tags/list', 'pull'],
  ['PUT', 'manifests/v1', 'pull,push'],
  ['DELETE', 'manifests/v1', 'delete'],
  ['GET', 'blobs/uploads/x', 'pull,push'],
])('%s of %s needs %s', async (method, path, actions) => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...credentials } });

  const answer = await fetch(`${registry.url}/v2/acme/app/${path}`, { method });

  expect(answer.headers.get('www-authenticate')).toContain(`repository:acme/app:${actions}"`);
});

test('a token does what it was given for, in its repository', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...credentials } });
  registry.seedBlob('acme/app', 'content');
  const headers = await tokenFor(registry.url, 'repository:acme/app:pull');

  const read = await fetch(`${registry.url}/v2/acme/app/tags/list`, { headers });
  const other = await fetch(`${registry.url}/v2/acme/other/tags/list`, { headers });
  const written = await fetch(`${registry.url}/v2/acme/app/blobs/uploads/`, {
    method: 'POST',
    headers,
  });

  expect([read.status, other.status, written.status]).toEqual([200, 401, 401]);
  expect(written.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
});

test('a token that was never issued is invalid, and so is one that has ended', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'bearer', ...credentials, expiresIn: 0 },
  });
  const ended = await tokenFor(registry.url, 'repository:acme/app:pull');

  for (const headers of [ended, { authorization: 'Bearer guess' }, basic()]) {
    const answer = await fetch(`${registry.url}/v2/acme/app/tags/list`, { headers });

    expect(answer.status).toBe(401);
    const isBearer = headers.authorization.startsWith('Bearer');
    expect(answer.headers.get('www-authenticate')?.includes('error="invalid_token"')).toBe(
      isBearer,
    );
  }
});

test('a mount needs to read its source, too', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...credentials } });
  registry.seedBlob('acme/base', 'content');
  const url = `${registry.url}/v2/acme/app/blobs/uploads/?mount=${digestOf('content')}&from=acme/base`;
  const mount = async (scope: string) =>
    fetch(url, { method: 'POST', headers: await tokenFor(registry.url, scope) });

  const refused = await mount('repository:acme/app:pull,push');
  const mounted = await mount('repository:acme/app:pull,push&scope=repository:acme/base:pull');

  expect([refused.status, mounted.status]).toEqual([401, 201]);
  expect(refused.headers.get('www-authenticate')).toContain(
    'scope="repository:acme/app:pull,push repository:acme/base:pull"',
  );
});

test('the scheme of the credentials is remembered, and nothing else of them', async () => {
  await using registry = await startRegistry();

  await fetch(`${registry.url}/v2/`, { headers: basic() });
  await fetch(`${registry.url}/v2/`);

  expect(registry.requests().map(({ authorization }) => authorization)).toEqual(['Basic', false]);
  expect(JSON.stringify(registry.requests())).not.toContain(btoa('ada:pass:word'));
});

test('a challenge may call the registry by another name than its host', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'bearer', ...credentials, service: 'acme' },
  });

  const answer = await fetch(`${registry.url}/v2/`);

  expect(answer.headers.get('www-authenticate')).toContain(',service="acme"');
});

test.each([
  [true, 'pass:word', 200],
  [true, 'other', 401],
  [false, 'pass:word', 401],
])('with direct %s, the password %s in base64 as a token is a %i', async (direct, text, status) => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...credentials, direct } });

  const answer = await fetch(`${registry.url}/v2/`, {
    headers: { authorization: `Bearer ${btoa(text)}` },
  });

  expect(answer.status).toBe(status);
});
