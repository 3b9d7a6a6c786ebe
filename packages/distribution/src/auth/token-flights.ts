import { AuthError } from '../error/auth-error.ts';
import type { Clock } from '../retry/clock.ts';
import { refusalLife } from './remember-credentials.ts';
import type { Token } from './token.ts';

/**
 * Shares one request for a token among all that need it. A refusal counts for those that come shortly after it, too; after any
 * other failure the next request waits, so that many that try again do not ask an overloaded token server one by one.
 */
export type TokenFlights = (key: string, request: () => Promise<Token>) => Promise<Token>;

interface Failure {
  readonly error: unknown;
  /** Of failures in a row. */
  readonly count: number;
  readonly until: number;
}

const minPause = 500;
const maxPause = 30_000;

export function createTokenFlights(clock: Clock, signal: AbortSignal): TokenFlights {
  const underway = new Map<string, Promise<Token>>();
  const failures = new Map<string, Failure>();

  const fly = async (key: string, request: () => Promise<Token>): Promise<Token> => {
    const last = failures.get(key);
    const wait = last === undefined ? 0 : last.until - clock.now();
    if (wait > 0) await clock.sleep(wait, signal);
    try {
      const token = await request();
      failures.delete(key);
      return token;
    } catch (error) {
      failures.set(key, after(error, (last?.count ?? 0) + 1, clock));
      throw error;
    }
  };

  return async (key, request) => {
    const shared = underway.get(key);
    if (shared !== undefined) return shared;
    const last = failures.get(key);
    if (last?.error instanceof AuthError && clock.now() < last.until) throw last.error;
    const own = fly(key, request).finally(() => underway.delete(key));
    underway.set(key, own);
    return own;
  };
}

function after(error: unknown, count: number, clock: Clock): Failure {
  const backoff = Math.min(maxPause, minPause * 2 ** (count - 1)) * (0.5 + clock.random() / 2);
  const pause = error instanceof AuthError ? refusalLife : Math.round(backoff);
  return { error, count, until: clock.now() + pause };
}
