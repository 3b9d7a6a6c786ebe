import type { Clock, Repository } from '@oci-matrix/distribution';
import { openRepositoryOver } from './client.ts';
import { createLine } from './line.ts';
import type { World } from './world.ts';

/** How a job ended. */
export type Outcome<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'killed' };

/** A job as its own requests see it. */
export interface Job {
  readonly name: string;
  /** False once it was killed or has ended: nothing reaches it any more. */
  alive(): boolean;
  kill(): void;
  /** The number of the request after which it is killed; undefined where it is not. */
  readonly dies: number | undefined;
}

/** Runs a job: a process of its own, which may be killed at any of its requests. */
export async function runJob<T>(
  world: World,
  name: string,
  work: (repository: Repository, clock: Clock) => Promise<T>,
): Promise<Outcome<T>> {
  const { promise: killed, resolve } = Promise.withResolvers<Outcome<T>>();
  let alive = true;
  const job: Job = {
    name,
    dies: world.drawDeath(),
    alive: () => alive,
    kill() {
      alive = false;
      resolve({ kind: 'killed' });
    },
  };
  const clock = clockOf(world, job);
  const repository = openRepositoryOver(createLine(world, job), clock);
  world.story.tell(name, 'starts');
  const ended = work(repository, clock).then(
    (value): Outcome<T> => ({ kind: 'done', value }),
    (error: unknown): Outcome<T> => ({ kind: 'failed', error }),
  );
  const outcome = await Promise.race([ended, killed]);
  alive = false;
  world.story.tell(name, wordsFor(outcome));
  return outcome;
}

function clockOf({ loop, chances }: World, job: Job): Clock {
  return {
    now: () => epoch + loop.now(),
    random: chances.network.random,
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        loop.after(ms, () => {
          if (!job.alive()) return;
          if (signal.aborted) reject(signal.reason);
          else resolve();
        });
      }),
  };
}

export const epoch = Date.UTC(2026, 0, 1);

function wordsFor(outcome: Outcome<unknown>): string {
  if (outcome.kind === 'killed') return 'is killed';
  if (outcome.kind === 'done') return 'has done its work';
  const { error } = outcome;
  return `fails: ${error instanceof Error ? error.message : String(error)}`;
}
