import { expect, test } from 'vitest';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { base64, guardedHost, openHost, split, tokenHost } from '../test-kit/hosts.ts';
import { openInternet } from '../test-kit/internet.ts';

const challenge =
  'Bearer realm="https://quay.io/v2/auth",service="quay.io",scope="repository:ada/app:pull"';
const manifest = 'HEAD https://quay.io/v2/ada/app/manifests/v1';
const token = 'GET https://quay.io/v2/auth?service=quay.io&scope=repository:ada/app:pull';
const credential = { username: 'ada+robot', password: 'secret' };
const login = staticCredentials({ registry: 'quay.io', credential });

test('a robot gets a token before it is asked for one', async () => {
  const tokens = tokenHost(`Basic ${base64('ada+robot:secret')}`);
  const host = split('/v2/auth', tokens, guardedHost(challenge, 'Bearer t1'));
  const internet = openInternet({ 'quay.io': host }, login);

  await internet.repository('quay.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `${token}&account=ada+robot as Basic ada+robot:secret`,
    `${manifest} as Bearer t1`,
  ]);
});

// https://github.com/quay/claircore/pull/879
test('a public repository is read without a token', async () => {
  const internet = openInternet({ 'quay.io': openHost });

  await internet.repository('quay.io').manifests.resolve('v1');

  expect(internet.sent).toEqual([manifest]);
});

test('an installation of its own says whom to ask', async () => {
  const own = 'quay.example.com';
  const realm = `Bearer realm="https://${own}/v2/auth",service="${own}"`;
  const tokens = tokenHost(`Basic ${base64('ada+robot:secret')}`);
  const host = split('/v2/auth', tokens, guardedHost(realm, 'Bearer t1'));
  const internet = openInternet({ [own]: host }, staticCredentials({ registry: own, credential }));

  await internet.repository(own).manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `HEAD https://${own}/v2/ada/app/manifests/v1`,
    `GET https://${own}/v2/auth?service=${own}&scope=repository:ada/app:pull&account=ada+robot as Basic ada+robot:secret`,
    `HEAD https://${own}/v2/ada/app/manifests/v1 as Bearer t1`,
  ]);
});
