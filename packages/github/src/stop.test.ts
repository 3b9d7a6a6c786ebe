import { once } from 'node:events';
import { expect, test } from 'vitest';
import { createStop } from './stop.ts';

test('the time limit aborts the signal and names the input that sets it', async () => {
  const stop = createStop();

  stop.limit(0.0005);
  await once(stop.signal, 'abort');

  expect(stop.signal.reason).toMatchObject({
    code: 'TIMEOUT',
    message: 'not done after 0.0005 min (timeout-minutes)',
  });
});

test('a limit of 0 is none', async () => {
  const stop = createStop();

  stop.limit(0);
  await new Promise((resolve) => setTimeout(resolve, 20));

  expect(stop.signal.aborted).toBe(false);
});
