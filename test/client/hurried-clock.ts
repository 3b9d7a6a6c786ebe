import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@oci-matrix/distribution';

/** How many times faster than time this clock goes. */
export const hurry = 10;

const start = Date.now();

/** The time of day, in a hurry: for registries that lag behind a tenth as long as they do. */
export const hurriedClock: Clock = {
  now: () => start + (Date.now() - start) * hurry,
  random: Math.random,
  async sleep(ms, signal) {
    await delay(ms / hurry, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  },
};
