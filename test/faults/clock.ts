import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from '@oci-matrix/distribution';

/** A clock that stands still but for its sleeps, which are remembered and pass at another pace. */
export interface PacedClock extends Clock {
  /** Every wait so far, in milliseconds of this clock. */
  readonly sleeps: number[];
}

/** `pace` is how long a millisecond of this clock takes, in milliseconds. */
export function pacedClock(pace = 0): PacedClock {
  let time = Date.UTC(2026, 0, 1);
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => time,
    random: () => 0.5,
    async sleep(ms, signal) {
      sleeps.push(ms);
      time += ms;
      await sleep(ms * pace);
      signal.throwIfAborted();
    },
  };
}
