import { untilAborted } from './until-aborted.ts';

/** Lets the first of several alike go ahead, so that the others know what it learned: one 401 instead of many. */
export interface Gate {
  /** Resolves to a function to call once it is known what the registry wants. */
  enter(key: string, signal: AbortSignal): Promise<() => void>;
}

export function createGate(): Gate {
  const passed = new Set<string>();
  const first = new Map<string, Promise<void>>();

  return {
    async enter(key, signal) {
      signal.throwIfAborted();
      const ahead = passed.has(key) ? undefined : first.get(key);
      if (ahead !== undefined) await untilAborted(ahead, signal);
      if (passed.has(key) || ahead !== undefined) return () => {};
      const { promise, resolve } = Promise.withResolvers<void>();
      first.set(key, promise);
      return () => {
        passed.add(key);
        first.delete(key);
        resolve();
      };
    },
  };
}
