import { createServer } from 'node:http';
import { startIdTokenService } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { githubIdentityToken, IdentityTokenError } from './identity-token.ts';
import { createSecrets } from './secrets.ts';

/** Secrets, and what the runner was told to mask. */
const masking = () => {
  const masked: string[] = [];
  return { masked, secrets: createSecrets((text) => masked.push(text)) };
};

/** The variables of a job that may ask. */
const envOf = ({ url, token }: { readonly url: string; readonly token: string }) => ({
  ACTIONS_ID_TOKEN_REQUEST_URL: url,
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: token,
});

const failureOf = (work: Promise<string>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

test('a token is for the audience, and masked', async () => {
  await using service = await startIdTokenService();
  const env = envOf(service.admit({ sub: 'repo:acme/app' }));
  const { masked, secrets } = masking();

  const token = await githubIdentityToken({ env, secrets });
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  await githubIdentityToken({ env, secrets, audience: 'another one' });

  expect(claims).toMatchObject({ aud: 'sigstore', sub: 'repo:acme/app' });
  expect(service.requests()).toEqual(['sigstore', 'another one']);
  expect(masked.slice(0, 2)).toEqual([env.ACTIONS_ID_TOKEN_REQUEST_TOKEN, token]);
  expect(secrets.redact(`the token ${token}`)).toBe('the token ***');
});

test.each([
  ['neither variable', {}],
  ['no address', { ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'x' }],
  ['no token', { ACTIONS_ID_TOKEN_REQUEST_URL: 'http://127.0.0.1:1/' }],
  ['empty ones', envOf({ url: '', token: '' })],
])('a job that has %s is told what to add', async (_, env) => {
  const failure = await failureOf(githubIdentityToken({ env, secrets: masking().secrets }));

  expect(failure).toBeInstanceOf(IdentityTokenError);
  expect(failure).toMatchObject({
    code: 'ID_TOKEN',
    message: 'this job may not ask GitHub for an id token',
    hint: expect.stringMatching(/^Add "permissions: id-token: write".* pull request from a fork/),
  });
});

test('an issuer that is busy is asked again, one that refuses is not', async () => {
  await using service = await startIdTokenService();
  const env = envOf(service.admit({}));
  const options = { env, secrets: masking().secrets, timeout: 800 };

  service.fail({ status: 503, times: 2 });
  const token = await githubIdentityToken(options);
  const asked = service.requests().length;
  service.fail({ status: 503 });
  const busy = await failureOf(githubIdentityToken(options));
  const askedBusy = service.requests().length - asked;
  service.fail({ status: 403 });
  const refused = await failureOf(githubIdentityToken(options));

  expect(token.split('.')).toHaveLength(3);
  expect([asked, askedBusy, service.requests().length - asked - askedBusy]).toEqual([3, 4, 1]);
  expect(busy).toMatchObject({ code: 'ID_TOKEN', message: expect.stringMatching(/with 503$/) });
  expect(refused).toMatchObject({
    message: expect.stringMatching(
      /^GitHub's issuer of id tokens at 127\.0\.0\.1:\d+ answered with 403$/,
    ),
    hint: expect.stringContaining('id-token: write'),
  });
});

test.each<[string, string, RegExp]>([
  ['says nothing', 'silence', /did not answer within 0\.1 s$/],
  ['answers with a page', '<html>eyJtoken</html>', /something else than a token$/],
  ['answers without a token', '{"value":""}', /something else than a token$/],
  ['never ends', ' '.repeat(1024 * 1024), /something else than a token$/],
])('an issuer that %s is an error in time', async (_, body, message) => {
  const server = createServer((_request, response) => {
    if (body !== 'silence') response.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/?v=1`;
  const options = { env: envOf({ url, token: 'secret-of-the-job' }), timeout: 401 };

  const failure = await failureOf(githubIdentityToken({ ...options, secrets: masking().secrets }));
  server.closeAllConnections();
  server.close();

  expect(failure).toMatchObject({ code: 'ID_TOKEN', message: expect.stringMatching(message) });
  expect(String(failure)).not.toMatch(/eyJ|secret-of/);
});

test('who cancels is not kept waiting', async () => {
  await using service = await startIdTokenService();
  const env = envOf(service.admit({}));
  service.fail({ status: 503 });
  const reason = new Error('the job was cancelled');
  const { secrets } = masking();
  const later = new AbortController();

  const waiting = failureOf(githubIdentityToken({ env, signal: later.signal, secrets }));
  setTimeout(() => later.abort(reason), 100);
  const signal = AbortSignal.abort(reason);

  expect(await failureOf(githubIdentityToken({ env, signal, secrets }))).toBe(reason);
  expect(await waiting).toBe(reason);
});
