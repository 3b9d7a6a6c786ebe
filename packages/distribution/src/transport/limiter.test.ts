import { expect, test } from 'vitest';
import { createLimiter } from './limiter.ts';

const { signal } = new AbortController();

test('so many go through at a time, in order', async () => {
  const limiter = createLimiter(2);
  const entered: number[] = [];
  const leaves: (() => void)[] = [];
  const enter = async (n: number): Promise<void> => {
    leaves.push(await limiter.enter(signal));
    entered.push(n);
  };

  const all = [1, 2, 3, 4].map(enter);
  await Promise.all(all.slice(0, 2));
  const atFirst = [...entered];
  leaves[0]?.();
  leaves[0]?.();
  await all[2];
  const afterOne = [...entered];
  leaves[1]?.();
  await all[3];

  expect(atFirst).toEqual([1, 2]);
  expect(afterOne).toEqual([1, 2, 3]);
  expect(entered).toEqual([1, 2, 3, 4]);
});

test('who gives up waiting takes no turn', async () => {
  const limiter = createLimiter(1);
  const controller = new AbortController();
  const leave = await limiter.enter(signal);
  const impatient = limiter.enter(controller.signal);
  const patient = limiter.enter(signal);

  controller.abort(new Error('enough'));
  leave();

  await expect(impatient).rejects.toThrow('enough');
  await expect(patient).resolves.toBeTypeOf('function');
});
