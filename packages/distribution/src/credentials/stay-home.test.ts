import { emptyDescriptor } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { base64, openHost, unauthorized } from '../auth/test-kit/hosts.ts';
import { type Host, type HostAnswer, openInternet } from '../auth/test-kit/internet.ts';
import type { Repository } from '../repository.ts';
import { artifact, blobOf, noise } from '../test-kit/content.ts';
import { firstCredentials, staticCredentials } from './static-credentials.ts';

// The token of GitHub for ghcr.io, and an explicit password for the registry of the image: as an action has them.
const registries = [
  ['ghcr.io', { username: 'github', password: 'ghs_secret' }, /ghs_secret/],
  ['images.example.com', { username: 'ada', password: 'my-secret' }, /my-secret/],
] as const;
const credentials = firstCredentials(
  ...registries.map(([registry, credential]) => staticCredentials({ registry, credential })),
);
const elsewhere = 'elsewhere.example.net';
const blob = blobOf(noise(300_000));
const asking = (): HostAnswer => unauthorized('Basic realm="give me that"');
const to = (path: string): string => `https://${elsewhere}${path}`;

/** Asks for a password, and then answers so. */
const after =
  (answer: Host): Host =>
  (seen) =>
    seen.authorization === '' ? unauthorized('Basic realm="here"') : answer(seen);

interface Lure {
  readonly answer: Host;
  readonly act: (own: Repository) => Promise<unknown>;
  /** Whether the other host is asked at all. */
  readonly asked: boolean;
}

const moved: Host = ({ url }) => ({ status: 307, headers: { location: to(url.pathname) } });
const page = { 'content-type': 'application/vnd.oci.image.index.v1+json' };
const index = { schemaVersion: 2, mediaType: page['content-type'], manifests: [] };

const lures: Record<string, Lure> = {
  'a redirect of a manifest': {
    answer: moved,
    act: (own) => own.manifests.fetch('v1'),
    asked: true,
  },
  'a redirect of a blob': {
    answer: moved,
    act: (own) => own.blobs.fetchBytes(blob.descriptor, 400_000),
    asked: true,
  },
  'a redirect of an upload': {
    answer: moved,
    act: (own) => own.blobs.push(blob.descriptor, blob.source),
    asked: true,
  },
  'a redirect of a tag': {
    answer: moved,
    act: (own) => own.manifests.push(artifact(), 'application/vnd.oci.image.manifest.v1+json'),
    asked: true,
  },
  'an upload location': {
    answer: () => ({ status: 202, headers: { location: to('/session') } }),
    act: (own) => own.blobs.push(blob.descriptor, blob.source),
    asked: true,
  },
  'the location of a mount that is none': {
    answer: () => ({ status: 202, headers: { location: to('/session') } }),
    act: (own) => own.blobs.push(blob.descriptor, blob.source, { mountFrom: ['ada/base'] }),
    asked: true,
  },
  'a next page of tags': {
    answer: () => ({
      status: 200,
      headers: { link: `<${to('/v2/ada/app/tags/list?last=a')}>; rel="next"` },
      body: { tags: ['a'] },
    }),
    act: (own) => Array.fromAsync(own.tags.list()),
    asked: false,
  },
  'a next page of referrers': {
    answer: () => ({
      status: 200,
      headers: { ...page, link: `<${to('/v2/ada/app/referrers/x')}>; rel="next"` },
      body: index,
    }),
    act: (own) => own.referrers.list(emptyDescriptor.digest),
    asked: false,
  },
  'a redirect of referrers': {
    answer: moved,
    act: (own) => own.referrers.list(emptyDescriptor.digest),
    asked: true,
  },
};

for (const [registry, credential, secret] of registries) {
  test.each(Object.entries(lures))(
    `%s takes no credential away from ${registry}`,
    async (_, lure) => {
      const internet = openInternet(
        { [registry]: after(lure.answer), [elsewhere]: asking },
        credentials,
      );

      await lure.act(internet.repository(registry)).catch(() => {});

      const there = internet.sent.filter((line) => line.includes(`https://${elsewhere}`));
      expect(there.length > 0).toBe(lure.asked);
      expect(there.filter((line) => line.includes(' as '))).toEqual([]);
      // It would prove nothing if the registry itself had not seen it.
      const { password } = credential;
      expect(
        internet.sent.some((line) => line.includes(password) || line.includes(base64(password))),
      ).toBe(true);
      expect(there.join()).not.toMatch(secret);
    },
  );

  test(`a mount from a repository of the same name elsewhere is asked of ${registry} alone`, async () => {
    const internet = openInternet({ [registry]: after(openHost) }, credentials);
    const { blobs } = internet.repository(registry);

    await blobs.push(blob.descriptor, blob.source, { mountFrom: ['elsewhere/app'] });

    expect(internet.sent.every((line) => line.includes(` https://${registry}/v2/ada/app/`))).toBe(
      true,
    );
  });

  test(`every other registry asks in vain for the credential of ${registry}`, async () => {
    const others = [
      'docker.io',
      'quay.io',
      `${registry}:8443`,
      `${registry}.example.net`,
      elsewhere,
    ];
    const hosts = ['registry-1.docker.io', 'auth.docker.io', ...others];
    const internet = openInternet(
      Object.fromEntries(hosts.map((host) => [host, asking])),
      staticCredentials({ registry, credential }),
    );

    for (const other of others) {
      const failure = internet.repository(other).manifests.resolve('v1');
      await expect(failure).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });
    }

    expect(internet.sent.filter((line) => line.includes(' as '))).toEqual([]);
  });
}

test.each([
  ['over plain http', 'http://tokens.example.net/token', 'is not https'],
  ['with a user in it', 'https://ada@tokens.example.net/token', 'has credentials in it'],
  ['on this machine', 'https://127.0.0.1/token', 'loopback address'],
  ['at the metadata service of a cloud', 'https://169.254.169.254/token', 'link-local address'],
  ['in a private network', 'https://10.0.0.1/token', 'private address'],
])('a password does not go to a realm %s', async (_, realm, reason) => {
  const challenge = `Bearer realm="${realm}"`;
  // By its address it is known to be public without asking for its name.
  const registry = '192.88.99.1';
  const internet = openInternet(
    { [registry]: () => unauthorized(challenge) },
    staticCredentials({ registry, credential: { username: 'ada', password: 'my-secret' } }),
  );

  await expect(internet.repository(registry).manifests.resolve('v1')).rejects.toThrow(reason);

  expect(internet.sent).toEqual([`HEAD https://${registry}/v2/ada/app/manifests/v1`]);
});

test('a token server that redirects to another host is not followed', async () => {
  const registry = 'images.example.com';
  const internet = openInternet(
    {
      [registry]: () => unauthorized('Bearer realm="https://tokens.example.com/token"'),
      'tokens.example.com': moved,
    },
    credentials,
  );

  const failure = internet.repository(registry).manifests.resolve('v1');

  await expect(failure).rejects.toMatchObject({ code: 'PROTOCOL' });
  expect(internet.sent.filter((line) => line.includes(elsewhere))).toEqual([]);
});

test('no credential is in an error', async () => {
  const internet = openInternet(
    { 'ghcr.io': () => unauthorized('Bearer realm="https://ghcr.io/token",service="ghcr.io"') },
    credentials,
  );

  const failure = await internet
    .repository('ghcr.io')
    .manifests.resolve('v1')
    .catch((error) => error);

  expect(failure).toMatchObject({ code: 'TOKEN_REFUSED' });
  const text = JSON.stringify(failure, Object.getOwnPropertyNames(failure)) + failure.cause?.stack;
  expect(text).not.toMatch(/ghs_secret/);
  expect(text).not.toContain(base64('ghs_secret'));
});
