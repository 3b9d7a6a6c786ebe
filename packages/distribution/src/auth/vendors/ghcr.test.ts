import { expect, test } from 'vitest';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { blobOf, noise } from '../../test-kit/content.ts';
import {
  base64,
  denied,
  guardedHost,
  openHost,
  split,
  tokenHost,
  unauthorized,
} from '../test-kit/hosts.ts';
import { type Host, type Internet, openInternet } from '../test-kit/internet.ts';

const credential = { username: 'github', password: 'ghs_1' };
const login = staticCredentials({ registry: 'ghcr.io', credential });
const direct = `Bearer ${base64('ghs_1')}`;
const basic = `Basic ${base64('github:ghs_1')}`;
const challenge =
  'Bearer realm="https://ghcr.io/token",service="ghcr.io",scope="repository:ada/app:pull"';
const resolve = (internet: Internet): Promise<unknown> =>
  internet.repository('ghcr.io').manifests.resolve('v1');

const manifest = 'HEAD https://ghcr.io/v2/ada/app/manifests/v1';
const token = 'GET https://ghcr.io/token?service=ghcr.io&scope=repository:ada/app:pull';

test('a token of GitHub is sent as it is, and nothing else is', async () => {
  const internet = openInternet({ 'ghcr.io': guardedHost(challenge, direct) }, login);

  await resolve(internet);
  const { descriptor, source } = blobOf(noise(300_000));
  await internet.repository('ghcr.io').blobs.push(descriptor, source);

  const start = 'https://ghcr.io/v2/ada/app/blobs/uploads/';
  expect(internet.sent).toEqual([
    `${manifest} as ${direct}`,
    `POST ${start} as ${direct}`,
    `PUT ${start}session?digest=${descriptor.digest} as ${direct}`,
  ]);
});

test('many requests at once need no challenge and no token', async () => {
  const internet = openInternet({ 'ghcr.io': guardedHost(challenge, direct) }, login);
  const { blobs } = internet.repository('ghcr.io');
  const digests = Array.from({ length: 24 }, (_, at) => blobOf(`${at}`).descriptor.digest);

  await Promise.all(digests.map((digest) => blobs.exists(digest)));

  expect(internet.sent).toHaveLength(24);
});

test('a token that is not taken as it is is exchanged, from then on', async () => {
  const host = split('/token', tokenHost(basic), guardedHost(challenge, 'Bearer t1'));
  const internet = openInternet({ 'ghcr.io': host }, login);

  await resolve(internet);
  await resolve(internet);

  expect(internet.sent).toEqual([
    `${manifest} as ${direct}`,
    `${token}&account=github as Basic github:ghs_1`,
    `${manifest} as Bearer t1`,
    `${manifest} as Bearer t1`,
  ]);
});

// What ghcr.io says of a header that it cannot read: https://github.com/argoproj-labs/argocd-image-updater/issues/303
const refusing: Host = (seen) =>
  seen.authorization === direct ? denied('invalid token') : openHost(seen);

test('a 403 to the token as it is leads to an exchange too', async () => {
  const internet = openInternet({ 'ghcr.io': split('/token', tokenHost(basic), refusing) }, login);

  await resolve(internet);

  expect(internet.sent).toEqual([
    `${manifest} as ${direct}`,
    `${token}&account=github as Basic github:ghs_1`,
    `${manifest} as Bearer t1`,
  ]);
});

test('who may not write is told so in the words of the registry', async () => {
  const words = 'permission_denied: write_package';
  const forbidden = (): Host => () => denied(words);
  const withToken = openInternet(
    { 'ghcr.io': split('/token', tokenHost(basic), forbidden()) },
    login,
  );
  const without = openInternet({ 'ghcr.io': forbidden() }, login);

  for (const internet of [withToken, without]) {
    const { descriptor, source } = blobOf(noise(300_000));
    const push = internet.repository('ghcr.io').blobs.push(descriptor, source);
    await expect(push).rejects.toMatchObject({
      code: 'DENIED',
      message: expect.stringContaining(words),
    });
  }
  expect([withToken.sent.length, without.sent.length]).toEqual([3, 2]);
});

test('a public image takes a token and the request', async () => {
  const host = split('/token', tokenHost(''), guardedHost(challenge, 'Bearer t1'));
  const internet = openInternet({ 'ghcr.io': host });

  await resolve(internet);

  expect(internet.sent).toEqual([token, `${manifest} as Bearer t1`]);
});

test('a private image without a login is no absent one', async () => {
  const host = split('/token', tokenHost(basic), () => unauthorized(challenge));
  const internet = openInternet({ 'ghcr.io': host });

  await expect(resolve(internet)).rejects.toMatchObject({ code: 'NO_CREDENTIALS' });

  expect(internet.sent).toEqual([token, manifest]);
});

// It gives no lifetime: https://toddysm.com/2024/02/12/authenticating-with-oci-registries-github-container-registry-ghcr-implementation
test('a token without a lifetime is used for half a minute', async () => {
  const host = split('/token', tokenHost(''), openHost);
  const internet = openInternet({ 'ghcr.io': host });

  await resolve(internet);
  internet.clock.advance(45_000);
  await resolve(internet);
  internet.clock.advance(10_000);
  await resolve(internet);

  expect(internet.sent.filter((line) => line === token)).toHaveLength(2);
});
