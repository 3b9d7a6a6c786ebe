/** Lets so many at a time through, in order of arrival. */
export interface Limiter {
  /** Resolves, when it is this one's turn, to the function that ends the turn. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
  /** Told how the other side took it: fewer go through after `overloaded`, one more after every fifth `worked`. */
  note(outcome: 'worked' | 'overloaded'): void;
}

const successesForMore = 5;

/** At most so many turns at a time, and at least so many whatever is noted; the same number unless given. */
export function createLimiter(most: number, least = most): Limiter {
  let [allowed, taken, successes] = [most, 0, 0];
  const waiting = new Set<() => void>();

  const leaver = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      taken -= 1;
      admitNext();
    };
  };

  const admitNext = (): void => {
    for (const admit of waiting) {
      if (taken >= allowed) return;
      taken += 1;
      admit();
    }
  };

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (taken < allowed) {
        taken += 1;
        return leaver();
      }
      return new Promise((resolve, reject) => {
        const admit = (): void => {
          waiting.delete(admit);
          signal.removeEventListener('abort', abandon);
          resolve(leaver());
        };
        const abandon = (): void => {
          waiting.delete(admit);
          reject(signal.reason);
        };
        waiting.add(admit);
        signal.addEventListener('abort', abandon, { once: true });
      });
    },
    note(outcome) {
      successes = outcome === 'worked' ? successes + 1 : 0;
      if (outcome === 'overloaded') allowed = Math.max(least, Math.floor(allowed / 2));
      if (successes < successesForMore) return;
      successes = 0;
      allowed = Math.min(most, allowed + 1);
      admitNext();
    },
  };
}
