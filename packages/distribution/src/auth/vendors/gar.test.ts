import { expect, test } from 'vitest';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { base64, guardedHost, openHost, split, tokenHost } from '../test-kit/hosts.ts';
import { openInternet } from '../test-kit/internet.ts';

const registry = 'europe-docker.pkg.dev';
const repository = 'project/images/app';
const challenge = `Bearer realm="https://${registry}/v2/token",service="${registry}",scope="repository:${repository}:pull"`;
const manifest = `HEAD https://${registry}/v2/${repository}/manifests/v1`;
const token = `GET https://${registry}/v2/token?service=${registry}&scope=repository:${repository}:pull`;
const key = JSON.stringify({ type: 'service_account', private_key: '-----BEGIN:\n' });

test.each([
  ['an access token', 'oauth2accesstoken', 'ya29.a0'],
  ['a key file', '_json_key', key],
  ['a key file in base64', '_json_key_base64', base64(key)],
])('%s is the password of a user with a name for it', async (_, username, password) => {
  const basic = `Basic ${base64(`${username}:${password}`)}`;
  const host = split('/v2/token', tokenHost(basic), guardedHost(challenge, 'Bearer t1'));
  const login = staticCredentials({ registry, credential: { username, password } });
  const internet = openInternet({ [registry]: host }, login);

  await internet.repository(registry, repository).manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `${token}&account=${username} as Basic ${username}:${password}`,
    `${manifest} as Bearer t1`,
  ]);
});

test('what is open to all is asked for without a token', async () => {
  const internet = openInternet({ [registry]: openHost });

  await internet.repository(registry, repository).manifests.resolve('v1');

  expect(internet.sent).toEqual([manifest]);
});

test('what is not open gets a token for nobody, if there is one', async () => {
  const host = split('/v2/token', tokenHost(''), guardedHost(challenge, 'Bearer t1'));
  const internet = openInternet({ [registry]: host });

  await internet.repository(registry, repository).manifests.resolve('v1');

  expect(internet.sent).toEqual([manifest, token, `${manifest} as Bearer t1`]);
});
