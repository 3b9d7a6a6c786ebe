import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

test('work starts in order, never more of it at a time than allowed', async () => {
  const limit = createLimiter(2);
  const started: number[] = [];
  let running = 0;
  let most = 0;

  await Promise.all(
    [1, 2, 3, 4, 5].map((item) =>
      limit(async () => {
        started.push(item);
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 2));
        running -= 1;
      }),
    ),
  );

  expect(started).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('work that fails makes room for the next', async () => {
  const limit = createLimiter(1);
  const failing = limit(() => Promise.reject(new Error('broken')));

  await expect(failing).rejects.toThrow('broken');
  expect(await limit(() => Promise.resolve('next'))).toBe('next');
});
