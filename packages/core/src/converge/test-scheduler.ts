import { setImmediate } from 'node:timers/promises';
import type { Clock } from '@oci-matrix/distribution';

/** Time that passes only when somebody is let go on; whom, is drawn from a seed. */
export interface Scheduler {
  readonly clock: Clock;
  /** From 0 to 1, 1 excluded. */
  random(): number;
  /** Waits to be let go on. */
  turn(): Promise<void>;
  /** Lets everybody go on in turns until all tasks are over. Throws when that takes too many. */
  run(tasks: readonly Promise<unknown>[]): Promise<void>;
}

interface Waiting {
  /** When it may go on, in milliseconds. */
  readonly from: number;
  readonly go: () => void;
}

const maxTurns = 50_000;

/** Half of a request takes up to 50 ms, one in eight up to 3 s; and now and then one waits for as long as somebody sleeps. */
export function createScheduler(seed: number): Scheduler {
  const random = mulberry32(seed);
  const waiting: Waiting[] = [];
  let now = Date.UTC(2026, 0, 1);
  const wait = (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    waiting.push({ from: now + ms, go: resolve });
    return promise;
  };
  const step = (): void => {
    const soonest = Math.min(...waiting.map(({ from }) => from));
    const at =
      random() < 0.8
        ? waiting.findIndex(({ from }) => from === soonest)
        : Math.floor(random() * waiting.length);
    const [next] = waiting.splice(at, 1);
    if (next === undefined) throw new Error('nobody can go on');
    now = Math.max(now, next.from) + random();
    next.go();
  };
  return {
    clock: { now: () => now, random, sleep: wait },
    random,
    turn: () => wait(random() * (random() < 1 / 8 ? 3000 : 50)),
    async run(tasks) {
      let open = tasks.length;
      const over = Promise.all(tasks.map((task) => task.finally(() => void open--)));
      over.catch(() => undefined);
      for (let turns = 0; ; turns++) {
        // Until all that follows from the last turn has happened.
        await setImmediate();
        if (open === 0) break;
        if (turns === maxTurns) throw new Error(`not over after ${maxTurns} turns`);
        step();
      }
      await over;
    },
  };
}

/** A small generator of numbers from 0 to 1: the same for the same seed. */
function mulberry32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
