import { expect, test } from 'vitest';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { base64, guardedHost } from '../test-kit/hosts.ts';
import { openInternet } from '../test-kit/internet.ts';

const registry = '123456789012.dkr.ecr.eu-west-1.amazonaws.com';
const challenge = `Basic realm="https://${registry}/",service="ecr.amazonaws.com"`;
const loginTo = (host: string, password = 'token') =>
  staticCredentials({ registry: host, credential: { username: 'AWS', password } });
const host = guardedHost(challenge, `Basic ${base64('AWS:token')}`);

test('the password of AWS is sent at once, for the twelve hours that it lives', async () => {
  const internet = openInternet({ [registry]: host }, loginTo(registry));
  const { manifests } = internet.repository(registry);

  await manifests.resolve('v1');
  internet.clock.advance(11 * 3_600_000);
  await manifests.resolve('v1');

  const line = `HEAD https://${registry}/v2/ada/app/manifests/v1 as Basic AWS:token`;
  expect(internet.sent).toEqual([line, line]);
});

test('under another name it is sent when it is asked for', async () => {
  const mirror = 'images.example.com';
  const internet = openInternet({ [mirror]: host }, loginTo(mirror));
  const { manifests } = internet.repository(mirror);

  await manifests.resolve('v1');
  await manifests.resolve('v1');

  const line = `HEAD https://${mirror}/v2/ada/app/manifests/v1`;
  expect(internet.sent).toEqual([line, `${line} as Basic AWS:token`, `${line} as Basic AWS:token`]);
});

test('a password that has ended is refused once', async () => {
  const internet = openInternet({ [registry]: host }, loginTo(registry, 'yesterday'));

  const failure = internet.repository(registry).manifests.resolve('v1');

  await expect(failure).rejects.toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
  expect(internet.sent).toHaveLength(1);
});

test('without a login nothing is sent but the request', async () => {
  const internet = openInternet({ [registry]: host });

  const failure = internet.repository(registry).manifests.resolve('v1');

  await expect(failure).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });
  expect(internet.sent).toEqual([`HEAD https://${registry}/v2/ada/app/manifests/v1`]);
});

test('a token that is no password does not keep the registry from being asked', async () => {
  const credential = { identityToken: 'id' };
  const login = staticCredentials({ registry, credential });
  const internet = openInternet({ [registry]: host }, login);

  const failure = internet.repository(registry).manifests.resolve('v1');

  await expect(failure).rejects.toThrow('and there is only a token');
  expect(internet.sent).toEqual([`HEAD https://${registry}/v2/ada/app/manifests/v1`]);
});
