import type { Credential } from '../credentials/credential.ts';
import { AuthError } from '../error/auth-error.ts';
import type { Clock } from '../retry/clock.ts';
import { isTemporary } from '../retry/temporary.ts';
import { bytesBody } from '../transport/body.ts';
import type { Exchange, Wire } from '../transport/exchange.ts';
import { follow } from '../transport/follow.ts';
import type { Guard } from '../transport/guard.ts';
import { headerValue } from '../transport/headers.ts';
import { readBody } from '../transport/read-body.ts';
import { redactUrl } from '../transport/redact.ts';
import { refusalOf } from '../transport/refusal.ts';
import { basicHeader } from './basic.ts';
import { formatScopes, type Scope } from './scope.ts';
import { parseTokenAnswer } from './token-answer.ts';

export interface TokenServer {
  readonly realm: URL;
  readonly service: string | undefined;
}

export interface Token {
  readonly value: string;
  readonly scopes: readonly Scope[];
  readonly obtainedAt: number;
  readonly expiresAt: number;
  readonly refreshToken: string | undefined;
}

/** What tokens are given for. */
export type Grant = Exclude<Credential, { registryToken: string }>;

export interface TokenRequest {
  readonly server: TokenServer;
  readonly scopes: readonly Scope[];
  readonly credential: Grant | undefined;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

const maxAnswer = 64 * 1024;

/** Asks the token server for a token, once. Throws `AuthError` if it refuses. */
export async function requestToken(wire: Wire, request: TokenRequest): Promise<Token> {
  const { credential, scopes, guard, clock, server } = request;
  const exchange = exchangeOf(request);
  const authorization =
    credential !== undefined && 'username' in credential ? basicHeader(credential) : undefined;
  const obtainedAt = clock.now();
  const reply = await follow(wire, exchange, {
    origin: server.realm,
    authorization,
    guard,
    guardOrigin: true,
    leave: false,
  });
  if (reply.status !== 200) {
    const refusal = await refusalOf(reply, clock.now());
    if (isTemporary(refusal)) throw refusal;
    const code = credential === undefined ? 'NO_CREDENTIALS' : 'TOKEN_REFUSED';
    const who = credential === undefined ? 'anonymous users' : 'these credentials';
    const what = `token server ${redactUrl(server.realm)} gives ${who} no token for ${formatScopes(scopes).join(' ')}`;
    throw new AuthError(code, what, refusal);
  }
  const date = headerValue(reply.headers, 'date');
  const answer = parseTokenAnswer(await readBody(reply, maxAnswer), date, server.realm);
  const { value, lifetime, refreshToken } = answer;
  return { value, scopes, obtainedAt, expiresAt: obtainedAt + lifetime, refreshToken };
}

// Every token server knows GET; a refresh token is never in a URL, and goes by POST alone:
// https://distribution.github.io/distribution/spec/auth/oauth/
function exchangeOf({ server, scopes, credential, signal }: TokenRequest): Exchange {
  const common = { kind: 'token', pool: 'metadata', signal } as const;
  const accept = { accept: 'application/json' };
  const texts = formatScopes(scopes);
  if (credential !== undefined && 'identityToken' in credential) {
    const form = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'oci-matrix' });
    if (server.service !== undefined) form.set('service', server.service);
    form.set('scope', texts.join(' '));
    form.set('refresh_token', credential.identityToken);
    const headers = { ...accept, 'content-type': 'application/x-www-form-urlencoded' };
    const body = bytesBody(new TextEncoder().encode(form.toString()));
    return { ...common, method: 'POST', url: server.realm, headers, body };
  }
  const url = new URL(server.realm);
  if (server.service !== undefined) url.searchParams.set('service', server.service);
  for (const text of texts) url.searchParams.append('scope', text);
  if (credential !== undefined) url.searchParams.set('account', credential.username);
  return { ...common, method: 'GET', url, headers: accept };
}
