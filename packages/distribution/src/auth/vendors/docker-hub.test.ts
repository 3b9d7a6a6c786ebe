import { expect, test } from 'vitest';
import { dockerCredentials } from '../../credentials/docker-credentials.ts';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { blobOf } from '../../test-kit/content.ts';
import { base64, guardedHost, openHost, tokenHost, unauthorized } from '../test-kit/hosts.ts';
import { type Host, openInternet } from '../test-kit/internet.ts';

const basic = `Basic ${base64('ada:secret')}`;
const login = staticCredentials({
  registry: 'docker.io',
  credential: { username: 'ada', password: 'secret' },
});
const challengeOf = (scope: string): string =>
  `Bearer realm="https://auth.docker.io/token",service="registry.docker.io",scope="${scope}"`;
const challenge = challengeOf('repository:ada/app:pull');

const own = 'https://registry-1.docker.io/v2/ada/app';
const token = 'GET https://auth.docker.io/token?service=registry.docker.io';

test('a password goes to the token server alone', async () => {
  const internet = openInternet(
    {
      'registry-1.docker.io': guardedHost(challenge, 'Bearer t1'),
      'auth.docker.io': tokenHost(basic),
    },
    login,
  );

  await internet.repository('docker.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `${token}&scope=repository:ada/app:pull&account=ada as Basic ada:secret`,
    `HEAD ${own}/manifests/v1 as Bearer t1`,
  ]);
});

test('a pull without a login takes a token too', async () => {
  const internet = openInternet({
    'registry-1.docker.io': guardedHost(challenge, 'Bearer t1'),
    'auth.docker.io': tokenHost(''),
  });

  await internet.repository('docker.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `${token}&scope=repository:ada/app:pull`,
    `HEAD ${own}/manifests/v1 as Bearer t1`,
  ]);
});

test.each(['https://index.docker.io/v1/', 'docker.io', 'registry-1.docker.io'])(
  'the login of %s is used',
  async (key) => {
    const credentials = dockerCredentials({
      env: {},
      home: '/home/ada',
      readFile: async (path) =>
        path === '/home/ada/.docker/config.json'
          ? JSON.stringify({ auths: { [key]: { auth: base64('ada:secret') } } })
          : undefined,
    });
    const hosts = { 'registry-1.docker.io': openHost, 'auth.docker.io': tokenHost(basic) };
    const internet = openInternet(hosts, credentials);

    await internet.repository('docker.io').manifests.resolve('v1');

    expect(internet.sent[0]).toMatch(/ as Basic ada:secret$/);
  },
);

test('an identity token is exchanged at the token server, in no URL', async () => {
  const exchange: Host = ({ method }) =>
    method === 'POST' ? { status: 200, body: { access_token: 't1' } } : { status: 405 };
  const internet = openInternet(
    { 'registry-1.docker.io': guardedHost(challenge, 'Bearer t1'), 'auth.docker.io': exchange },
    staticCredentials({ registry: 'docker.io', credential: { identityToken: 'id' } }),
  );

  await internet.repository('docker.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    'POST https://auth.docker.io/token with grant_type=refresh_token&client_id=oci-matrix' +
      '&service=registry.docker.io&scope=repository:ada/app:pull&refresh_token=id',
    `HEAD ${own}/manifests/v1 as Bearer t1`,
  ]);
});

test('where the token server no longer is, the registry is asked for it', async () => {
  const moved = 'Bearer realm="https://tokens.docker.com/",service="hub"';
  const internet = openInternet(
    {
      'registry-1.docker.io': guardedHost(moved, 'Bearer t1'),
      'auth.docker.io': () => ({ status: 410 }),
      'tokens.docker.com': tokenHost(basic),
    },
    login,
  );

  await internet.repository('docker.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `${token}&scope=repository:ada/app:pull&account=ada as Basic ada:secret`,
    `HEAD ${own}/manifests/v1`,
    'GET https://tokens.docker.com/?service=hub&scope=repository:ada/app:pull&account=ada as Basic ada:secret',
    `HEAD ${own}/manifests/v1 as Bearer t1`,
  ]);
});

// Its tokens are for less than was asked for: facts of the protocol, and https://github.com/google/go-containerregistry/pull/1741
test('a mount that the token turns out not to allow is an upload, without another token', async () => {
  const both = 'repository:ada/app:pull,push repository:bob/base:pull';
  const registry: Host = (seen) =>
    seen.url.searchParams.has('mount')
      ? unauthorized(`${challengeOf(both)},error="insufficient_scope"`)
      : openHost(seen);
  const internet = openInternet(
    { 'registry-1.docker.io': registry, 'auth.docker.io': tokenHost(basic) },
    login,
  );
  const { descriptor, source } = blobOf('hello');

  const outcome = await internet
    .repository('docker.io')
    .blobs.push(descriptor, source, { mountFrom: ['bob/base'] });

  expect(outcome).toBe('uploaded');
  expect(internet.sent).toEqual([
    `${token}&scope=repository:ada/app:pull,push&scope=repository:bob/base:pull&account=ada as Basic ada:secret`,
    `POST ${own}/blobs/uploads/?mount=${descriptor.digest}&from=bob/base as Bearer t1`,
    `POST ${own}/blobs/uploads/?digest=${descriptor.digest} as Bearer t1`,
    `PUT ${own}/blobs/uploads/session?digest=${descriptor.digest} as Bearer t1`,
  ]);
});

test('the storage that a blob is redirected to sees no token', async () => {
  const { descriptor } = blobOf('hello');
  const internet = openInternet(
    {
      'registry-1.docker.io': () => ({
        status: 307,
        headers: { location: 'https://storage.example.net/blob?sig=1' },
      }),
      'auth.docker.io': tokenHost(basic),
      'storage.example.net': () => ({ status: 200, body: 'hello' }),
    },
    login,
  );

  await internet.repository('docker.io').blobs.fetchBytes(descriptor, 10);

  expect(internet.sent.at(-1)).toBe('GET https://storage.example.net/blob?sig=1');
});
