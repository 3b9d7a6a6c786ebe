/** Lets so many at a time through, in order of arrival. */
export interface Limiter {
  /** Resolves, when it is this one's turn, to the function that ends the turn. Rejects with the signal's reason. */
  enter(signal: AbortSignal): Promise<() => void>;
}

export function createLimiter(slots: number): Limiter {
  let free = slots;
  const waiting = new Set<() => void>();

  const leaver = (): (() => void) => {
    let left = false;
    return () => {
      if (left) return;
      left = true;
      const [next] = waiting;
      if (next === undefined) free += 1;
      else next();
    };
  };

  return {
    async enter(signal) {
      signal.throwIfAborted();
      if (free > 0) {
        free -= 1;
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
  };
}
