import type { Clock } from '../retry/clock.ts';
import type { Wire } from '../transport/exchange.ts';
import type { Guard } from '../transport/guard.ts';
import type { Need } from './authorizer.ts';
import type { CredentialOf } from './remember-credentials.ts';
import { requestToken, type TokenServer } from './token.ts';
import { createTokenCache } from './token-cache.ts';

export interface BearerParts {
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
  /** Takes note of a header that got a 401. */
  refused(header: string | undefined): void;
}

const prefix = 'Bearer ';
const defaultLife = 10_000;

export function createBearer({ credentialOf, ...parts }: BearerParts): Bearer {
  const { wire, clock } = parts;
  const tokens = createTokenCache();

  return {
    async header(server, { scopes, life = defaultLife }) {
      const credential = await credentialOf(scopes);
      if (credential !== undefined && 'registryToken' in credential) {
        return prefix + credential.registryToken;
      }
      const request = { ...parts, server, scopes, credential };
      const token =
        tokens.find(scopes, clock.now(), life) ??
        (await tokens.obtain(scopes, () => requestToken(wire, request)));
      return prefix + token.value;
    },
    refused(header) {
      if (header?.startsWith(prefix)) tokens.drop(header.slice(prefix.length));
    },
  };
}
