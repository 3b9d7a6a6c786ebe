import { coversScopes, formatScopes, type Scope } from './scope.ts';
import type { Token } from './token.ts';

/** The tokens of one registry. */
export interface TokenCache {
  /** A token that covers the scopes and is good for so many milliseconds more, if there is one. */
  find(scopes: readonly Scope[], now: number, life: number): Token | undefined;
  keep(token: Token): void;
  /** The token of this text. */
  get(value: string): Token | undefined;
  /** Forgets a token that was refused. */
  drop(value: string): void;
}

/** True of a token that has most of its life before it. */
export const isYoung = ({ obtainedAt, expiresAt }: Token, now: number): boolean =>
  expiresAt - now > (expiresAt - obtainedAt) / 2;

export function createTokenCache(): TokenCache {
  const tokens = new Map<string, Token>();

  return {
    find(scopes, now, life) {
      // A token that lives for a minute would never do for a long upload: half of its life must be enough.
      return [...tokens.values()].find(
        (token) =>
          coversScopes(token.scopes, scopes) &&
          (token.expiresAt - now > life || isYoung(token, now)),
      );
    },
    keep(token) {
      tokens.set(formatScopes(token.scopes).join(' '), token);
    },
    get: (value) => [...tokens.values()].find((token) => token.value === value),
    drop(value) {
      for (const [key, token] of tokens) if (token.value === value) tokens.delete(key);
    },
  };
}
