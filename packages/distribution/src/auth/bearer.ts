import { isConfidential } from '../endpoint/origin.ts';
import { AuthError } from '../error/auth-error.ts';
import type { Clock } from '../retry/clock.ts';
import type { Wire } from '../transport/exchange.ts';
import type { Guard } from '../transport/guard.ts';
import type { Need } from './authorizer.ts';
import type { CredentialOf } from './remember-credentials.ts';
import type { Asked } from './scheme.ts';
import { coversScopes, formatScopes, mergeScopes, type Scope } from './scope.ts';
import type { TokenServer } from './token.ts';
import { createTokenCache, isYoung } from './token-cache.ts';
import { createTokenFlights } from './token-flights.ts';
import { createTokenSource } from './token-source.ts';

export interface BearerParts {
  readonly registry: string;
  readonly origin: URL;
  readonly credentialOf: CredentialOf;
  readonly wire: Wire;
  readonly guard: Guard;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** RFC 6750, with tokens from a token server: https://distribution.github.io/distribution/spec/auth/token/ */
export interface Bearer {
  /** A header with a token that is good enough, asked for if there is none yet. */
  header(server: TokenServer, need: Need): Promise<string>;
  /** Takes note of a header that got a 401; false if another one would be no better. */
  refused(header: string | undefined, need: Need, asked: Omit<Asked, 'scheme'>): boolean;
}

const prefix = 'Bearer ';
const defaultLife = 10_000;
const keyOf = (scopes: readonly Scope[]): string => formatScopes(scopes).join(' ');

export function createBearer({ registry, origin, credentialOf, ...parts }: BearerParts): Bearer {
  const { clock, signal } = parts;
  const tokens = createTokenCache();
  const flights = createTokenFlights(clock, signal);
  const source = createTokenSource(parts.wire);
  // What the registry wants on top of what we think that a request needs.
  const more = new Map<string, readonly Scope[]>();

  return {
    async header(server, { scopes: own, life = defaultLife }) {
      const credential = await credentialOf(own);
      if (credential !== undefined && 'registryToken' in credential) {
        if (isConfidential(origin)) return prefix + credential.registryToken;
        const what = `registry ${registry} asks for a token over plain http`;
        throw new AuthError('CHALLENGE_UNSUPPORTED', what);
      }
      const scopes = mergeScopes([...own, ...(more.get(keyOf(own)) ?? [])]);
      const found = tokens.find(scopes, clock.now(), life);
      if (found !== undefined) return prefix + found.value;
      const key = `${server.realm.href} ${server.service ?? ''} ${keyOf(scopes)}`;
      const token = await flights(key, async () => {
        const obtained = await source({ ...parts, server, scopes, credential });
        tokens.keep(obtained);
        return obtained;
      });
      return prefix + token.value;
    },
    refused(header, { scopes }, asked) {
      if (!coversScopes(scopes, asked.scopes)) more.set(keyOf(scopes), asked.scopes);
      const value = header?.startsWith(prefix) ? header.slice(prefix.length) : '';
      const token = tokens.get(value);
      if (token === undefined) return true;
      // It was asked for just this, and the token server has given less: it would again.
      const isAll = asked.scopes.length > 0 && coversScopes(token.scopes, asked.scopes);
      if (asked.error === 'insufficient_scope' && isAll && isYoung(token, clock.now()))
        return false;
      tokens.drop(value);
      return true;
    },
  };
}
