import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { AuthError, RegistryError } from '@oci-matrix/distribution';
import { expect } from 'vitest';
import type { Target } from './target.ts';

/** Insists that a read gives what it should: at once, or as soon as the registry shows what was written. */
export async function expectSoon<T>(
  { claims }: Target,
  read: () => Promise<T>,
  expected: T,
): Promise<void> {
  const end = performance.now() + claims.staleness;
  for (;;) {
    const isLast = performance.now() >= end;
    const found = await read();
    if (isLast || isDeepStrictEqual(found, expected)) {
      expect(found).toEqual(expected);
      return;
    }
    await delay(50);
  }
}

/** What an answer is, or how it was refused. */
export type Outcome<T> =
  | { readonly value: T }
  | { readonly refused: string; readonly status: number };

/** Waits for an answer or for a refusal; any other failure is one of the test. */
export async function outcomeOf<T>(answer: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await answer };
  } catch (error) {
    if (error instanceof RegistryError) return { refused: error.code, status: error.status };
    if (error instanceof AuthError) return { refused: error.code, status: 401 };
    throw error;
  }
}

/** Insists on what the client makes of what is not there: a value of its own where the registry says so, and an error where it says no more than 403. */
export async function expectAbsent<T>(
  { claims }: Target,
  answer: Promise<T>,
  value: T,
): Promise<void> {
  const outcome = await outcomeOf(answer);
  if (claims.absence === 'absent') expect(outcome).toEqual({ value });
  else expect(outcome).toMatchObject({ status: 403 });
}

/** Insists that something succeeds where it is claimed, and is refused with one of these statuses where it is not. */
export async function expectClaimed(
  isClaimed: boolean,
  answer: Promise<unknown>,
  ...statuses: readonly number[]
): Promise<void> {
  const outcome = await outcomeOf(answer);
  if (isClaimed) expect(outcome).toHaveProperty('value');
  else expect(statuses).toContain('status' in outcome ? outcome.status : 'a success');
}
