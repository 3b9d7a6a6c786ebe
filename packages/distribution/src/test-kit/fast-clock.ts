import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../retry/clock.ts';

/** A clock that stands still but for its sleeps, which take no time and are remembered. */
export interface FastClock extends Clock {
  /** Every wait so far, in milliseconds. */
  readonly sleeps: number[];
  advance(ms: number): void;
}

/** `chance` is what `random` always gives. */
export function fastClock(chance = 0.5): FastClock {
  let time = Date.UTC(2026, 0, 1);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    random: () => chance,
    advance(ms) {
      time += ms;
    },
    async sleep(ms, signal) {
      sleeps.push(ms);
      time += ms;
      await setImmediate();
      signal.throwIfAborted();
    },
  };
}
