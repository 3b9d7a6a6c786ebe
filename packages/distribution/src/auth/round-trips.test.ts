import { mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { type Client, openClient } from '../client.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { artifact, blobOf } from '../test-kit/content.ts';

const repository = 'octo/app';
const user = { username: 'octo', password: 'cat' };

const start = (kind: 'none' | 'basic' | 'bearer'): Promise<Registry> =>
  startRegistry({
    auth: kind === 'none' ? { kind } : { kind, ...user },
    capabilities: { singlePost: false },
  });

const open = ({ host }: Registry): Client =>
  openClient({ credentials: staticCredentials({ registry: host, credential: user }) });

/** The requests of each kind that are on account of authentication. */
const countsOf = (registry: Registry) => ({
  all: registry.requests().length,
  refused: registry.requests().filter(({ status }) => status === 401).length,
  tokens: registry.requests('*', /^\/token/).length,
});

const blobs = Array.from({ length: 8 }, (_, at) => blobOf(`layer ${at}`));

// HEAD and POST and PUT of eight blobs, and the manifest; the first POST also finds out that it may not have the body with it.
test.each([
  ['none', { all: 25, refused: 0, tokens: 0 }],
  ['basic', { all: 26, refused: 1, tokens: 0 }],
  ['bearer', { all: 28, refused: 1, tokens: 2 }],
] as const)('a push to a registry with %s takes %j', async (kind, expected) => {
  await using registry = await start(kind);
  await using client = open(registry);
  const own = client.repository({ registry: registry.host, repository });
  registry.seedBlob(repository, '{}');

  await Promise.all(blobs.map(({ descriptor }) => own.blobs.exists(descriptor.digest)));
  await Promise.all(blobs.map(({ descriptor, source }) => own.blobs.push(descriptor, source)));
  await own.manifests.push(artifact(), mediaTypes.imageManifest);

  expect(countsOf(registry)).toEqual(expected);
});

test.each([
  ['none', { all: 24, refused: 0, tokens: 0 }],
  ['basic', { all: 25, refused: 1, tokens: 0 }],
  ['bearer', { all: 27, refused: 1, tokens: 2 }],
] as const)(
  '24 first requests at once, half of them to write, with %s take %j',
  async (kind, expected) => {
    await using registry = await start(kind);
    await using client = open(registry);
    const own = client.repository({ registry: registry.host, repository });
    const found = Array.from({ length: 12 }, (_, at) => registry.seedBlob('octo/base', `${at}`));

    await Promise.all([
      ...found.map(({ digest }) => own.blobs.exists(digest)),
      ...found.map(({ digest }) => own.blobs.delete(digest)),
    ]);

    expect(countsOf(registry)).toEqual(expected);
  },
);

test('24 first requests alike share one challenge and one token', async () => {
  await using registry = await start('bearer');
  await using client = open(registry);
  const own = client.repository({ registry: registry.host, repository });
  const digests = Array.from({ length: 24 }, (_, at) => blobOf(`${at}`).descriptor.digest);

  await Promise.all(digests.map((digest) => own.blobs.exists(digest)));

  expect(countsOf(registry)).toEqual({ all: 26, refused: 1, tokens: 1 });
});

test('a second repository needs a token, but no challenge', async () => {
  await using registry = await start('bearer');
  await using client = open(registry);

  for (const name of ['octo/app', 'octo/base', 'octo/other']) {
    await client.repository({ registry: registry.host, repository: name }).manifests.resolve('v1');
  }

  expect(countsOf(registry)).toEqual({ all: 7, refused: 1, tokens: 3 });
});

test('a login that is refused is shown to the token server once, however many blobs wait for it', async () => {
  await using registry = await startRegistry({
    auth: { kind: 'bearer', ...user, pull: 'anonymous' },
  });
  const credential = { ...user, password: 'wrong' };
  await using client = openClient({
    credentials: staticCredentials({ registry: registry.host, credential }),
  });
  const own = client.repository({ registry: registry.host, repository });

  const pushes = blobs.map(({ descriptor, source }) => own.blobs.push(descriptor, source));
  const outcomes = await Promise.allSettled(pushes);

  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  expect(countsOf(registry).tokens).toBe(1);
});

test('who is going to write asks for one token, and reads with it too', async () => {
  await using registry = await start('bearer');
  await using client = open(registry);
  const own = client.repository({ registry: registry.host, repository }, { writes: true });

  await own.manifests.fetch('v1');
  for (const { descriptor, source } of blobs.slice(0, 1)) await own.blobs.push(descriptor, source);

  expect(countsOf(registry)).toEqual({ all: 5, refused: 1, tokens: 1 });
});
