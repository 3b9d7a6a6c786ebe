import { coversScopes, formatScopes, type Scope } from './scope.ts';
import type { Token } from './token.ts';

/** The tokens of one registry. Requests that need the same one at the same time share one request for it. */
export interface TokenCache {
  /** A token that covers the scopes and is good for so many milliseconds more, if there is one. */
  find(scopes: readonly Scope[], now: number, life: number): Token | undefined;
  /** Gives what `request` gives, and keeps it. */
  obtain(scopes: readonly Scope[], request: () => Promise<Token>): Promise<Token>;
  /** Forgets a token that was refused. */
  drop(value: string): void;
}

// A token that lives for a minute would never do for a long upload: half of its life must be enough.
const isGood = ({ obtainedAt, expiresAt }: Token, now: number, life: number): boolean =>
  expiresAt - now > Math.min(life, (expiresAt - obtainedAt) / 2);

export function createTokenCache(): TokenCache {
  const tokens = new Map<string, Token>();
  const underway = new Map<string, Promise<Token>>();

  return {
    find(scopes, now, life) {
      return [...tokens.values()].find(
        (token) => coversScopes(token.scopes, scopes) && isGood(token, now, life),
      );
    },
    obtain(scopes, request) {
      const key = formatScopes(scopes).join(' ');
      const shared = underway.get(key);
      if (shared !== undefined) return shared;
      const own = request()
        .then((token) => {
          tokens.set(key, token);
          return token;
        })
        .finally(() => underway.delete(key));
      underway.set(key, own);
      return own;
    },
    drop(value) {
      for (const [key, token] of tokens) if (token.value === value) tokens.delete(key);
    },
  };
}
