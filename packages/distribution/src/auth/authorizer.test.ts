import { expect, test } from 'vitest';
import type { Credential } from '../credentials/credential.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { createGuard } from '../transport/guard.ts';
import { type Authorizer, createAuthorizer, type Refusal } from './authorizer.ts';

const need = { scopes: [{ repository: 'octo/app', actions: ['pull'] as const }] };

const refusal = (...challenges: string[]): Refusal => ({ status: 401, challenges });

const user = { username: 'octo', password: 'cat' };

const authorizerOf = (origin: string, credential: Credential = user): Authorizer =>
  createAuthorizer({
    registry: new URL(origin).host,
    origin: new URL(origin),
    credentials: async () => credential,
    wire: { exchange: () => Promise.reject(new Error('nothing is to be sent')) },
    guard: createGuard('registry.example.com'),
    clock: fastClock(),
    signal: new AbortController().signal,
  });

test('a password does not go over plain http, but over https and to loopback', async () => {
  const answer = (origin: string): Promise<string | undefined> =>
    authorizerOf(origin).answer(refusal('Basic realm="x"'), undefined, need);

  await expect(answer('http://registry.lan')).rejects.toMatchObject({
    code: 'CHALLENGE_UNSUPPORTED',
  });
  expect(await answer('https://registry.lan')).toBe('Basic b2N0bzpjYXQ=');
  expect(await answer('http://127.0.0.1:5000')).toBe('Basic b2N0bzpjYXQ=');
});

test('a password does not go to a token server over plain http, not even that of the registry itself', async () => {
  const answer = authorizerOf('http://registry.lan').answer(
    refusal('Bearer realm="http://registry.lan/token"'),
    undefined,
    need,
  );

  await expect(answer).rejects.toMatchObject({ code: 'CHALLENGE_UNSUPPORTED' });
});

test('what we cannot do is said by its name', async () => {
  const answer = authorizerOf('https://registry.lan').answer(
    refusal('Negotiate', 'Digest x="y"'),
    '',
    need,
  );

  await expect(answer).rejects.toThrow(
    'registry registry.lan asks for authentication by negotiate, digest',
  );
});

test('a token that is sent as it is does not go over plain http', async () => {
  const asked = refusal('Bearer realm="https://auth.example.com/token"');
  const answer = (origin: string): Promise<string | undefined> =>
    authorizerOf(origin, { registryToken: 'rt' }).answer(asked, undefined, need);

  await expect(answer('http://registry.lan')).rejects.toMatchObject({
    code: 'CHALLENGE_UNSUPPORTED',
  });
  expect(await answer('https://registry.lan')).toBe('Bearer rt');
});

test.each([
  ['before a registry has asked', 'https://registry.lan'],
  ['over plain http, as well known as the registry may be', 'http://ghcr.io'],
])('%s, nothing is sent', async (_, origin) => {
  expect(await authorizerOf(origin).prepare(need)).toEqual({
    authorization: undefined,
    basis: 'nothing',
  });
});
