import type { Clock } from './clock.ts';

/** Hosts that asked to be left alone for a while: what one request is told, all obey. */
export interface Pauses {
  note(host: string, ms: number): void;
  wait(host: string, signal: AbortSignal): Promise<void>;
}

export function createPauses(clock: Clock): Pauses {
  const until = new Map<string, number>();
  return {
    note(host, ms) {
      until.set(host, Math.max(until.get(host) ?? 0, clock.now() + ms));
    },
    async wait(host, signal) {
      const left = (until.get(host) ?? 0) - clock.now();
      // Those who waited together must not come back together.
      if (left > 0) await clock.sleep(left + clock.random() * 1000, signal);
    },
  };
}
