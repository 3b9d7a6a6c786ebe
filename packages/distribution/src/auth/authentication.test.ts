import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type ClientOptions, openClient } from '../client.ts';
import type { Credential } from '../credentials/credential.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { artifact, blobOf, noise } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';

const repository = 'octo/app';
const user = { username: 'octo', password: 'cat:with:colons' };
const as = (registry: string, credential: Credential = user): ClientOptions => ({
  credentials: staticCredentials({ registry, credential }),
});

test.each(['basic', 'bearer'] as const)('a %s registry takes the right password', async (kind) => {
  await using registry = await startRegistry({ auth: { kind, ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  await blobs.push(descriptor, source);

  expect(await blobs.exists(descriptor.digest)).toBe(true);
});

test.each([
  ['basic', 'RegistryError', 'UNAUTHORIZED'],
  ['bearer', 'AuthError', 'TOKEN_REFUSED'],
] as const)('a %s registry refuses a wrong password', async (kind, name, code) => {
  await using registry = await startRegistry({ auth: { kind, ...user } });
  await using client = openClient(as(registry.host, { username: 'octo', password: 'dog' }));
  const { manifests } = client.repository({ registry: registry.host, repository });

  const failure = await manifests.fetch('v1').catch((error) => error);

  expect(failure).toMatchObject({ name, code });
  expect(JSON.stringify(failure) + failure.stack).not.toContain('dog');
});

test.each(['basic', 'bearer'] as const)(
  'a %s registry asks, and nobody has an answer',
  async (kind) => {
    await using registry = await startRegistry({ auth: { kind, ...user } });
    await using client = openClient();
    const { manifests } = client.repository({ registry: registry.host, repository });

    const failure = await manifests.resolve('v1').catch((error) => error);

    expect(failure).toMatchObject({ name: 'AuthError', code: 'NO_CREDENTIALS' });
  },
);

test.each(['basic', 'bearer'] as const)(
  'a %s registry that is open to readers is read without credentials',
  async (kind) => {
    await using registry = await startRegistry({ auth: { kind, ...user, pull: 'anonymous' } });
    await using client = openClient();
    const { manifests, blobs } = client.repository({ registry: registry.host, repository });
    const descriptor = registry.seedManifest(repository, artifact(), { tag: 'v1' });
    const { descriptor: blob, source } = blobOf('hello');

    await expect(blobs.push(blob, source)).rejects.toThrow(/there (is|are) none/);

    expect(await manifests.resolve('v1')).toEqual(descriptor);
  },
);

test('a token as it is needs no token server', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host, { registryToken: 'not-one-of-its-own' }));
  const { manifests } = client.repository({ registry: registry.host, repository });

  const failure = await manifests.fetch('v1').catch((error) => error);

  expect(failure).toMatchObject({ name: 'RegistryError', code: 'UNAUTHORIZED' });
  expect(registry.requests().map(({ authorization }) => authorization)).toEqual([false, 'Bearer']);
});

test('requests at once share one challenge and one token', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const digests = Array.from({ length: 40 }, (_, i) => blobOf(`${i}`).descriptor.digest);

  await Promise.all(digests.map((digest) => blobs.exists(digest)));

  expect(registry.requests().filter(({ status }) => status === 401)).toHaveLength(1);
  expect(client.statistics().requests).toEqual({ 'blob-exists': 41, token: 1 });
});

test('requests at once share one question to a credential helper', async () => {
  await using registry = await startRegistry({ auth: { kind: 'basic', ...user } });
  let asked = 0;
  const credentials = async (): Promise<Credential> => {
    asked += 1;
    return user;
  };
  await using client = openClient({ credentials });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const digests = Array.from({ length: 10 }, (_, i) => blobOf(`${i}`).descriptor.digest);

  await Promise.all(digests.map((digest) => blobs.exists(digest)));

  expect(asked).toBe(1);
});

test('a token for pushing does for pulling', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('hello');

  await blobs.push(descriptor, source);
  await blobs.exists(descriptor.digest);

  expect(client.statistics().requests.token).toBe(1);
});

test('a mount asks for both repositories, that which is written to first', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const descriptor = registry.seedBlob('a/from', 'hello');

  const outcome = await blobs.push(descriptor, blobOf('hello').source, { mountFrom: ['a/from'] });

  expect(outcome).toBe('mounted');
  const [token] = registry.requests('GET', /token/);
  expect(decodeURIComponent(token?.path ?? '')).toMatch(
    /scope=repository:octo\/app:pull,push&scope=repository:a\/from:pull/,
  );
});

test('a token that has expired at the server is replaced when that says so', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');
  await blobs.exists(digest);
  registry.fail('HEAD', /blobs/, {
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${registry.url}/token",service="x"` },
  });

  expect(await blobs.exists(digest)).toBe(true);
  expect(client.statistics().requests.token).toBe(2);
});

test('tokens that are refused while every turn is taken are replaced all the same', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient({ ...as(registry.host), concurrency: { metadata: 2 } });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');
  await blobs.exists(digest);
  const challenge = { 'www-authenticate': `Bearer realm="${registry.url}/token",service="x"` };
  registry.fail('HEAD', /blobs/, { status: 401, headers: challenge, times: 2, body: 'words' });

  const found = await Promise.all([1, 2, 3, 4].map(() => blobs.exists(digest)));

  expect(found).toEqual([true, true, true, true]);
});

test('a token near its end is renewed before it is used', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user, expiresIn: 300 } });
  const clock = fastClock();
  await using client = openClient({ ...as(registry.host), clock });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedBlob(repository, 'hello');
  await blobs.exists(digest);

  clock.advance(280_000);
  await blobs.exists(digest);
  clock.advance(15_000);
  await blobs.exists(digest);

  expect(client.statistics().requests.token).toBe(2);
  expect(registry.requests().filter(({ status }) => status === 401)).toHaveLength(1);
});

test('a body is sent with a token that outlives it', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user, expiresIn: 300 } });
  const clock = fastClock();
  await using client = openClient({ ...as(registry.host), clock });
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf('first');
  await blobs.push(descriptor, source);

  clock.advance(250_000);
  const second = blobOf('second');
  await blobs.push(second.descriptor, second.source);

  expect(client.statistics().requests.token).toBe(2);
});

test('a 401 to a body gets a new token and the body once more', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  await using client = openClient(as(registry.host));
  const { blobs } = client.repository({ registry: registry.host, repository });
  const { descriptor, source } = blobOf(noise(300_000));
  registry.fail('PUT', /uploads/, {
    status: 401,
    headers: { 'www-authenticate': `Bearer realm="${registry.url}/token",service="x"` },
  });

  await blobs.push(descriptor, source);

  expect(registry.blobs(repository)).toEqual([descriptor.digest]);
  // The first is the one that was asked for a token.
  expect(registry.requests('POST').map(({ status }) => status)).toEqual([401, 202]);
  expect(client.statistics()).toMatchObject({ retries: 0, requests: { token: 2 } });
});

test('a token server that is overloaded is asked again', async () => {
  await using registry = await startRegistry({ auth: { kind: 'bearer', ...user } });
  registry.fail('GET', /token/, { status: 503 });
  await using client = openClient({ ...as(registry.host), clock: fastClock() });
  const { manifests } = client.repository({ registry: registry.host, repository });

  expect(await manifests.resolve('v1')).toBeUndefined();
});
