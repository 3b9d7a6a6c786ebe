import type { Descriptor } from '@oci-matrix/oci';
import { emptyIndex } from '../index-document.ts';
import { createModelRegistry, type ModelRegistry, type Staleness } from './test-registry.ts';
import { createScheduler, type Scheduler } from './test-scheduler.ts';
import { entryOfLeg, mergeFor, type WriterOptions, write } from './test-writers.ts';

/** Asked twice for each request of a writer, before and after its effect: false ends it there. */
export type Fate = (request: string) => boolean;

export interface World {
  readonly seed: number;
  readonly writers: number;
  readonly staleness?: Staleness;
  /** How long a writer waits before it looks for the last time, in ms. */
  readonly settling?: number;
  /** Whether a writer lives; they all do unless it is said. */
  readonly fate?: (random: () => number) => Fate;
  /** Whether a job whose writer died runs again. */
  readonly repeats?: boolean;
}

export interface Race {
  readonly registry: ModelRegistry;
  readonly scheduler: Scheduler;
  /** Of all writers, whether they returned or not. */
  readonly entries: readonly Descriptor[];
}

export const tags = ['1.0', 'latest'];
export const foreign = entryOfLeg(99, 'of another tool');

/** Lets writers race for one tag, where another tool has put an entry, until all have returned or died. */
export async function race(world: World): Promise<Race> {
  const { seed, writers, staleness, settling = 0, fate, repeats = false } = world;
  const scheduler = createScheduler(seed);
  const registry = createModelRegistry(scheduler, staleness);
  registry.put(mergeFor()({ document: emptyIndex }, [foreign]), '1.0', 0);
  const entries = Array.from({ length: writers }, (_, leg) => entryOfLeg(leg));
  const options = { tags, pace: { pause: 500, calm: settling, contended: settling } };
  const jobs = entries.map(async (entry) => {
    await scheduler.clock.sleep(scheduler.random() * 2000, new AbortController().signal);
    const returned = await attempt({ registry, scheduler }, entry, options, fate);
    if (!returned && repeats) await attempt({ registry, scheduler }, entry, options);
  });
  await scheduler.run(jobs);
  return { registry, scheduler, entries };
}

/** True if the writer returned, false if it died. */
async function attempt(
  { registry, scheduler }: Pick<Race, 'registry' | 'scheduler'>,
  entry: Descriptor,
  options: WriterOptions,
  fate?: World['fate'],
): Promise<boolean> {
  const death = Promise.withResolvers<false>();
  const lives = fate?.(scheduler.random) ?? (() => true);
  const store = registry.client((request) => {
    const goesOn = lives(request);
    if (!goesOn) death.resolve(false);
    return goesOn;
  });
  const returned = write(store, scheduler, [entry], options).then(() => true);
  return Promise.race([returned, death.promise]);
}

/** Dies at one of its first requests, drawn by chance, before or after it took effect. */
export const diesAtRandom = (random: () => number): Fate => {
  let left = Math.floor(random() * 40);
  return () => left-- > 0;
};

/** Takes its first write of the index for the last word, as most tools do. */
export const neverVerifies = (): Fate => {
  let hasWritten = false;
  return (request) => {
    const writes = request === 'PUT 1.0';
    // Asked for the second time its write is done.
    const isOver = writes && hasWritten;
    hasWritten ||= writes;
    return !isOver;
  };
};
