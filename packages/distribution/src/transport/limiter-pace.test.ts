import { expect, test } from 'vitest';
import { createLimiter, type Limiter } from './limiter.ts';

const { signal } = new AbortController();

/** How many get through at once of more than ever may. */
async function width(limiter: Limiter): Promise<number> {
  const leaves: (() => void)[] = [];
  const all = Array.from({ length: 20 }, async () => void leaves.push(await limiter.enter(signal)));
  await new Promise((resolve) => setImmediate(resolve));
  const through = leaves.length;
  for (const leave of leaves) leave();
  while (leaves.length < 20) {
    await new Promise((resolve) => setImmediate(resolve));
    for (const leave of leaves) leave();
  }
  await Promise.all(all);
  return through;
}

const note = (limiter: Limiter, outcome: 'worked' | 'overloaded', times: number): void => {
  for (let time = 0; time < times; time += 1) limiter.note(outcome);
};

test.each([
  [0, 8],
  [1, 4],
  [2, 2],
  [3, 1],
  [9, 1],
])('after %d overloads %d of 8 go at a time', async (overloads, expected) => {
  const limiter = createLimiter(8, 1);

  note(limiter, 'overloaded', overloads);

  expect(await width(limiter)).toBe(expected);
});

test.each([
  [4, 1],
  [5, 2],
  [10, 3],
  [100, 8],
])('%d successes later it is %d again', async (successes, expected) => {
  const limiter = createLimiter(8, 1);
  note(limiter, 'overloaded', 3);

  note(limiter, 'worked', successes);

  expect(await width(limiter)).toBe(expected);
});

test('an overload starts the count of successes again', async () => {
  const limiter = createLimiter(2, 1);
  note(limiter, 'worked', 4);

  note(limiter, 'overloaded', 1);
  note(limiter, 'worked', 4);

  expect(await width(limiter)).toBe(1);
});

test('who waits goes as soon as more may', async () => {
  const limiter = createLimiter(2, 1);
  note(limiter, 'overloaded', 1);
  await limiter.enter(signal);
  const waiting = limiter.enter(signal);

  note(limiter, 'worked', 5);

  await expect(waiting).resolves.toBeTypeOf('function');
});

test('without a least number nothing changes it', async () => {
  const limiter = createLimiter(4);

  note(limiter, 'overloaded', 3);

  expect(await width(limiter)).toBe(4);
});
