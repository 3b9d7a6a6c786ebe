/** Time that passes only when nobody has anything left to do. */
export interface Loop {
  /** In milliseconds since the start. */
  now(): number;
  /** Does the work in so many milliseconds; gives what calls it off. */
  after(ms: number, work: () => void | Promise<void>): () => void;
  sleep(ms: number): Promise<void>;
  /** Lets time pass until the work has ended; false if it never does. */
  run(work: Promise<unknown>): Promise<boolean>;
  /** Lets happen what is still to come. */
  drain(): Promise<boolean>;
}

interface Turn {
  readonly at: number;
  readonly work: () => void | Promise<void>;
}

// More than any release takes; what goes on for longer goes on for ever.
const mostTurns = 20_000;

export function createLoop(): Loop {
  const turns = new Set<Turn>();
  let time = 0;
  let taken = 0;

  const after: Loop['after'] = (ms, work) => {
    const turn = { at: time + ms, work };
    turns.add(turn);
    return () => void turns.delete(turn);
  };
  const next = async (): Promise<boolean> => {
    const [first, ...others] = turns;
    if (first === undefined || taken >= mostTurns) return false;
    const turn = others.reduce((soonest, each) => (each.at < soonest.at ? each : soonest), first);
    turns.delete(turn);
    taken += 1;
    time = turn.at;
    await turn.work();
    await settled();
    return true;
  };
  return {
    after,
    now: () => time,
    sleep: (ms) => new Promise((resolve) => void after(ms, resolve)),
    async run(work) {
      let ended = false;
      const end = (): void => {
        ended = true;
      };
      work.then(end, end);
      await settled();
      while (!ended && (await next())) {}
      return ended;
    },
    async drain() {
      while (await next()) {}
      return turns.size === 0;
    },
  };
}

// Streams and promises come to rest before the next immediate: then everybody waits for the loop.
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));
