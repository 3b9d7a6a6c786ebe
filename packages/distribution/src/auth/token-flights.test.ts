import { expect, test } from 'vitest';
import { AuthError } from '../error/auth-error.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import type { Token } from './token.ts';
import { createTokenFlights } from './token-flights.ts';

const { signal } = new AbortController();
const token: Token = {
  value: 't',
  scopes: [],
  obtainedAt: 0,
  expiresAt: 1,
  refreshToken: undefined,
};

/** A token server that first does this, one thing for each request, and then gives tokens. */
function serverOf(...failures: Error[]): { asked: () => number; request: () => Promise<Token> } {
  let asked = 0;
  const request = async (): Promise<Token> => {
    asked += 1;
    const failure = failures.shift();
    if (failure !== undefined) throw failure;
    return token;
  };
  return { asked: () => asked, request };
}

test('those that need the same token share one request, others have their own', async () => {
  const flights = createTokenFlights(fastClock(), signal);
  const { asked, request } = serverOf();

  const all = ['a', 'a', 'a', 'b'].map((key) => flights(key, request));

  expect(await Promise.all(all)).toEqual([token, token, token, token]);
  expect(asked()).toBe(2);
});

test('a refusal counts for those that come within ten seconds', async () => {
  const clock = fastClock();
  const flights = createTokenFlights(clock, signal);
  const refusal = new AuthError('TOKEN_REFUSED', 'no');
  const { asked, request } = serverOf(refusal);

  await expect(flights('a', request)).rejects.toBe(refusal);
  clock.advance(9_000);
  await expect(flights('a', request)).rejects.toBe(refusal);
  clock.advance(2_000);

  expect(await flights('a', request)).toBe(token);
  expect(asked()).toBe(2);
});

test('after each failure of the server the next request waits longer, for all that try again', async () => {
  const clock = fastClock(0);
  const flights = createTokenFlights(clock, signal);
  const { asked, request } = serverOf(...[1, 2, 3].map((at) => new Error(`${at}`)));

  for (let tries = 0; tries < 3; tries += 1) {
    const together = [flights('a', request), flights('a', request)];
    expect(await Promise.allSettled(together)).toMatchObject([
      { status: 'rejected' },
      { status: 'rejected' },
    ]);
  }

  expect(await flights('a', request)).toBe(token);
  expect(asked()).toBe(4);
  expect(clock.sleeps).toEqual([250, 500, 1000]);
});

test('a success lets the next failure begin anew', async () => {
  const clock = fastClock(0);
  const flights = createTokenFlights(clock, signal);
  const failing = serverOf(new Error('1'));
  await flights('a', failing.request).catch(() => {});
  await flights('a', failing.request);
  const again = serverOf(new Error('2'));
  await flights('a', again.request).catch(() => {});

  await flights('a', again.request);

  expect(clock.sleeps).toEqual([250, 250]);
});
