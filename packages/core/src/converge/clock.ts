import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '@oci-matrix/distribution';

/** The machine's own time and chance. */
export const systemClock: Clock = {
  now: Date.now,
  random: Math.random,
  async sleep(ms, signal) {
    await delay(ms, undefined, { signal }).catch(() => undefined);
    signal.throwIfAborted();
  },
};
