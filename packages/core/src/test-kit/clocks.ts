import { setTimeout as delay, setImmediate } from 'node:timers/promises';
import type { Clock } from '@oci-matrix/distribution';

/** A clock that stands still but for its sleeps, which take no time and are remembered. */
export interface SleepingClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly sleeps: number[];
}

export function sleepingClock(): SleepingClock {
  let time = Date.UTC(2026, 0, 1);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    random: () => 0,
    async sleep(ms, signal) {
      sleeps.push(ms);
      time += ms;
      await setImmediate();
      signal.throwIfAborted();
    },
  };
}

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
