import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { mapBounded } from './map-bounded.ts';

test('results keep their order, and no more than the limit run at a time', async () => {
  let running = 0;
  let most = 0;

  const results = await mapBounded([5, 1, 3, 2, 4], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await sleep(item);
    running -= 1;
    return item * 10;
  });

  expect(results).toEqual([50, 10, 30, 20, 40]);
  expect(most).toBe(2);
});

test('after a failure nothing new begins', async () => {
  const begun: number[] = [];

  const mapping = mapBounded([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    await sleep(item);
    throw new Error(`failed at ${item}`);
  });

  await expect(mapping).rejects.toThrow('failed at 1');
  expect(begun).toEqual([1, 2]);
});
