import { AuthError } from '../error/auth-error.ts';
import { redactUrl } from '../transport/redact.ts';

/** What a token server gives: https://distribution.github.io/distribution/spec/auth/token/ */
export interface TokenAnswer {
  readonly value: string;
  /** How long it lives from now on, in milliseconds. */
  readonly lifetime: number;
  /** To ask for the next token with. */
  readonly refreshToken: string | undefined;
}

// Tokens without a lifetime, or with a shorter one, live this long.
const minLifetime = 60_000;
const headerText = /^[\x21-\x7e]+$/;

/** Reads the answer of a token server; `date` is its `Date` header. Throws `AuthError` if there is no token in it. */
export function parseTokenAnswer(
  bytes: Uint8Array,
  date: string | undefined,
  realm: URL,
): TokenAnswer {
  const fail = (what: string): never => {
    throw new AuthError('TOKEN_REFUSED', `the answer of token server ${redactUrl(realm)} ${what}`);
  };
  let answer: unknown;
  try {
    answer = JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return fail('is not JSON');
  }
  if (typeof answer !== 'object' || answer === null) return fail('is not an object');
  const fields = new Map<string, unknown>(Object.entries(answer));
  // A server may give it both names, by its own specification and by that of OAuth 2.
  const value = fields.get('token') || fields.get('access_token');
  if (typeof value !== 'string' || !headerText.test(value)) return fail('has no token');
  const seconds = Number(fields.get('expires_in') ?? 0);
  const life = Math.max(Number.isFinite(seconds) ? seconds * 1000 : 0, minLifetime);
  const refreshToken = fields.get('refresh_token');
  return {
    value,
    lifetime: life - ageOf(fields.get('issued_at'), date, life),
    refreshToken:
      typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
  };
}

// A server may give a token that it made for somebody before. Both times are from its clock, so that ours does not matter.
function ageOf(issuedAt: unknown, date: string | undefined, life: number): number {
  if (typeof issuedAt !== 'string' || date === undefined) return 0;
  const age = Date.parse(date) - Date.parse(issuedAt);
  return age > 0 && age < life ? age : 0;
}
