import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../../retry/clock.ts';

/** A clock that goes so many times faster than time. */
export function hurriedClock(times: number): Clock {
  const start = performance.now();
  return {
    now: () => start + (performance.now() - start) * times,
    random: Math.random,
    async sleep(ms, signal) {
      await delay(ms / times);
      signal.throwIfAborted();
    },
  };
}
