import { AuthError } from '../error/auth-error.ts';
import type { Wire } from '../transport/exchange.ts';
import { type Grant, requestToken, type Token, type TokenRequest } from './token.ts';

/** Gets tokens for a credential; throws `AuthError` if they are refused. */
export type TokenSource = (request: TokenRequest) => Promise<Token>;

interface Handed {
  readonly realm: string;
  readonly refreshToken: string;
}

/**
 * Uses the refresh tokens that a token server hands back, so that a password travels once, and an identity token that the server
 * has replaced no more (RFC 6749, section 6). What does not take them, such as a server without POST, gets the credential itself.
 */
export function createTokenSource(wire: Wire): TokenSource {
  const handed = new WeakMap<Grant, Handed>();

  return async (request) => {
    const { credential, server } = request;
    const realm = server.realm.href;
    const ask = async (grant: Grant | undefined): Promise<Token> => {
      const token = await requestToken(wire, { ...request, credential: grant });
      const { refreshToken } = token;
      if (credential !== undefined && refreshToken !== undefined) {
        handed.set(credential, { realm, refreshToken });
      }
      return token;
    };

    const last = credential && handed.get(credential);
    if (credential === undefined || last?.realm !== realm) return ask(credential);
    try {
      return await ask({ identityToken: last.refreshToken });
    } catch (error) {
      if (!(error instanceof AuthError)) throw error;
      handed.delete(credential);
      return ask(credential);
    }
  };
}
