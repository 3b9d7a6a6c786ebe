import { expect, test } from 'vitest';
import type { Credential } from '../../credentials/credential.ts';
import { staticCredentials } from '../../credentials/static-credentials.ts';
import { blobOf } from '../../test-kit/content.ts';
import { base64, guardedHost, split } from '../test-kit/hosts.ts';
import { type Host, type HostAnswer, type Internet, openInternet } from '../test-kit/internet.ts';

const registry = 'contoso.azurecr.io';
const nobody = '00000000-0000-0000-0000-000000000000';
const challenge = `Bearer realm="https://${registry}/oauth2/token",service="${registry}",scope="repository:ada/app:pull"`;
const manifest = `HEAD https://${registry}/v2/ada/app/manifests/v1`;
const endpoint = `https://${registry}/oauth2/token`;
const granted: HostAnswer = { status: 200, body: { access_token: 't1' } };

const open = (token: Host, credential: Credential): Internet =>
  openInternet(
    { [registry]: split('/oauth2/', token, guardedHost(challenge, 'Bearer t1')) },
    staticCredentials({ registry, credential }),
  );

// https://azure.github.io/acr/Token-BasicAuth.html
test('a refresh token that is a password is shown to the token endpoint of the registry', async () => {
  const basic = `Basic ${base64(`${nobody}:refresh`)}`;
  const token: Host = ({ authorization }) => (authorization === basic ? granted : { status: 401 });
  const internet = open(token, { username: nobody, password: 'refresh' });

  await internet.repository(registry).manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `GET ${endpoint}?service=${registry}&scope=repository:ada/app:pull&account=${nobody} as Basic ${nobody}:refresh`,
    `${manifest} as Bearer t1`,
  ]);
});

// https://azure.github.io/acr/AAD-OAuth.html; the refresh token itself came from /oauth2/exchange, by a login that is not ours.
test('a refresh token that is an identity token is exchanged by POST', async () => {
  const token: Host = ({ method }) => (method === 'POST' ? granted : { status: 405 });
  const internet = open(token, { identityToken: 'refresh' });

  await internet.repository(registry).manifests.resolve('v1');

  expect(internet.sent).toEqual([
    `POST ${endpoint} with grant_type=refresh_token&client_id=oci-matrix&service=${registry}` +
      '&scope=repository:ada/app:pull&refresh_token=refresh',
    `${manifest} as Bearer t1`,
  ]);
});

test('an identity token never becomes part of a URL, not even where POST is refused', async () => {
  const internet = open(() => ({ status: 405 }), { identityToken: 'refresh' });

  const failure = internet.repository(registry).manifests.resolve('v1');

  await expect(failure).rejects.toMatchObject({ code: 'TOKEN_REFUSED' });
  expect(internet.sent.map((line) => line.split(' with ')[0])).toEqual([
    `POST ${endpoint}`,
    manifest,
  ]);
});

// https://github.com/Azure/azure-cli/issues/24886
test('an endpoint that has too many requests gets one at a time for all that wait', async () => {
  const answers: HostAnswer[] = [429, 429, 429].map((status) => ({ status }));
  const internet = open(() => answers.shift() ?? granted, { identityToken: 'refresh' });
  const { blobs } = internet.repository(registry);
  const digests = Array.from({ length: 24 }, (_, at) => blobOf(`${at}`).descriptor.digest);

  await Promise.all(digests.map((digest) => blobs.exists(digest)));

  expect(internet.sent.filter((line) => line.startsWith('POST'))).toHaveLength(4);
});
