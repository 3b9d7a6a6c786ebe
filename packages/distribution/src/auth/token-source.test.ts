import { expect, test } from 'vitest';
import type { Credential } from '../credentials/credential.ts';
import { staticCredentials } from '../credentials/static-credentials.ts';
import { openHost } from './test-kit/hosts.ts';
import { type Host, type Internet, openInternet } from './test-kit/internet.ts';

const open = (token: Host, credential: Credential): Internet =>
  openInternet(
    { 'quay.io': (seen) => (seen.url.pathname === '/v2/auth' ? token : openHost)(seen) },
    staticCredentials({ registry: 'quay.io', credential }),
  );

/** Asks for a token for each of these repositories; gives what the token server was shown. */
async function shown(internet: Internet, ...repositories: string[]): Promise<string[]> {
  for (const name of repositories) {
    await internet.repository('quay.io', name).manifests.resolve('v1');
  }
  return internet.sent.flatMap((line) => {
    if (line.startsWith('POST')) return line.split('&').at(-1) ?? '';
    return line.startsWith('GET') ? (line.split(' as ')[1] ?? '') : [];
  });
}

const user = { username: 'ada', password: 'secret' };

test('a refresh token that the server hands back spares the password the next way', async () => {
  const internet = open(
    ({ method }) => ({
      status: 200,
      body: { token: 't', refresh_token: method === 'GET' ? 'r1' : 'r2' },
    }),
    user,
  );

  expect(await shown(internet, 'a', 'b', 'c')).toEqual([
    'Basic ada:secret',
    'refresh_token=r1',
    'refresh_token=r2',
  ]);
});

test.each([400, 401, 404, 405])(
  'a server that answers %d to a POST is asked by GET, and by POST no more',
  async (status) => {
    let handed = 0;
    const internet = open(({ method }) => {
      if (method === 'POST') return { status };
      handed += 1;
      return { status: 200, body: { token: 't', ...(handed === 1 ? { refresh_token: 'r' } : {}) } };
    }, user);

    expect(await shown(internet, 'a', 'b', 'c')).toEqual([
      'Basic ada:secret',
      ...['refresh_token=r', 'Basic ada:secret'],
      'Basic ada:secret',
    ]);
  },
);

test('an identity token that the server has replaced is not shown again', async () => {
  let given = 0;
  const internet = open(
    () => {
      given += 1;
      return { status: 200, body: { access_token: 't', refresh_token: `r${given}` } };
    },
    { identityToken: 'id' },
  );

  expect(await shown(internet, 'a', 'b', 'c')).toEqual([
    'refresh_token=id',
    'refresh_token=r1',
    'refresh_token=r2',
  ]);
});

test('a POST that fails for the time being does not bring the password back', async () => {
  const statuses = [200, 503, 200];
  const internet = open(
    () => ({
      status: statuses.shift() ?? 200,
      body: { token: 't', refresh_token: 'r' },
    }),
    user,
  );
  // Known realms give way to what the registry says, so that the second repository is asked without a token.
  expect(await shown(internet, 'a', 'b')).toEqual(['Basic ada:secret', 'refresh_token=r']);
});
