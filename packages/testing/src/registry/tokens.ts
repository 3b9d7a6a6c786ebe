import { randomBytes } from 'node:crypto';
import type { Access } from './authorization.ts';

/** A token and when it ends. */
export interface IssuedToken {
  readonly token: string;
  /** In seconds. */
  readonly expiresIn: number;
  readonly issuedAt: Date;
}

/** Opaque tokens: random text that means something to this registry alone. */
export interface Tokens {
  issue(granted: readonly Access[]): IssuedToken;
  issueRefreshToken(): string;
  isRefreshToken(token: string): boolean;
  /** What the token allows; `undefined` for one that was never issued, or has ended. */
  grantsOf(token: string): readonly Access[] | undefined;
}

/** `expiresIn` is in seconds. */
export function createTokens(expiresIn = 300): Tokens {
  const issued = new Map<string, { granted: readonly Access[]; until: number }>();
  const refreshTokens = new Set<string>();
  return {
    issue(granted) {
      const token = randomText();
      const issuedAt = new Date();
      issued.set(token, { granted, until: issuedAt.getTime() + expiresIn * 1000 });
      return { token, expiresIn, issuedAt };
    },
    issueRefreshToken() {
      const token = randomText();
      refreshTokens.add(token);
      return token;
    },
    isRefreshToken: (token) => refreshTokens.has(token),
    grantsOf(token) {
      const found = issued.get(token);
      return found !== undefined && Date.now() < found.until ? found.granted : undefined;
    },
  };
}

const randomText = (): string => randomBytes(24).toString('base64url');
