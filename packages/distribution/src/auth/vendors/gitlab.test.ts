import { expect, test } from 'vitest';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { blobOf, noise } from '../../test-kit/content.ts';
import { base64, guardedHost, openHost, split, tokenHost } from '../test-kit/hosts.ts';
import { openInternet } from '../test-kit/internet.ts';

const credential = { username: 'gitlab-ci-token', password: 'glcbt' };
const basic = `Basic ${base64('gitlab-ci-token:glcbt')}`;
const loginTo = (registry: string) => staticCredentials({ registry, credential });

test('gitlab.com gives the tokens of its registry', async () => {
  const challenge = 'Bearer realm="https://gitlab.com/jwt/auth",service="container_registry"';
  const internet = openInternet(
    {
      'registry.gitlab.com': guardedHost(challenge, 'Bearer t1'),
      'gitlab.com': tokenHost(basic),
    },
    loginTo('registry.gitlab.com'),
  );

  await internet.repository('registry.gitlab.com').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    'GET https://gitlab.com/jwt/auth?service=container_registry&scope=repository:ada/app:pull' +
      '&account=gitlab-ci-token as Basic gitlab-ci-token:glcbt',
    'HEAD https://registry.gitlab.com/v2/ada/app/manifests/v1 as Bearer t1',
  ]);
});

test.each([
  ['the same host', 'gitlab.example.com:5050', 'gitlab.example.com:5050'],
  ['another port of the host', 'gitlab.example.com:5050', 'gitlab.example.com'],
  ['another host', 'registry.example.com', 'gitlab.example.com'],
])('an installation of its own has its token server on %s', async (_, registry, tokens) => {
  const challenge = `Bearer realm="https://${tokens}/jwt/auth",service="container_registry"`;
  const host = guardedHost(challenge, 'Bearer t1');
  const token = tokenHost(basic);
  const hosts = { [tokens]: token, [registry]: split('/jwt/', token, host) };
  const internet = openInternet(hosts, loginTo(registry));

  await internet.repository(registry).manifests.resolve('v1');

  const manifest = `HEAD https://${registry}/v2/ada/app/manifests/v1`;
  expect(internet.sent).toEqual([
    manifest,
    `GET https://${tokens}/jwt/auth?service=container_registry&scope=repository:ada/app:pull` +
      '&account=gitlab-ci-token as Basic gitlab-ci-token:glcbt',
    `${manifest} as Bearer t1`,
  ]);
});

test('the five minutes of a token are not begun with a body that takes longer', async () => {
  const hosts = {
    'registry.gitlab.com': openHost,
    'gitlab.com': tokenHost(basic, { expires_in: 300 }),
  };
  const internet = openInternet(hosts, loginTo('registry.gitlab.com'));
  const { blobs } = internet.repository('registry.gitlab.com');
  const [first, second] = [blobOf(noise(300_000)), blobOf(noise(300_001))];

  await blobs.push(first.descriptor, first.source);
  internet.clock.advance(250_000);
  await blobs.push(second.descriptor, second.source);

  const seen = internet.sent.map((line) => `${line.split(' ')[0]} ${line.split(' ').at(-1)}`);
  expect(seen).toEqual([
    ...['GET gitlab-ci-token:glcbt', 'POST t1', 'PUT t1'],
    // The session is opened with what is left, and the body sent with a new one.
    ...['POST t1', 'GET gitlab-ci-token:glcbt', 'PUT t2'],
  ]);
});
