import type { Repository } from '@oci-matrix/distribution';
import type { IndexCopy } from './index-place.ts';

/** Takes a step in several images at a time, and gives what came of it in those where it worked. */
export type EachPlace = <P extends IndexCopy, T>(
  places: readonly P[],
  step: (place: P) => Promise<T>,
) => Promise<T[]>;

export interface Steps {
  readonly each: EachPlace;
  /** Why optional images were left behind. */
  readonly failures: ReadonlyMap<Repository, unknown>;
}

/** Steps that several images take together: a required image that fails ends them, once all are through; an optional one is left behind. */
export function createSteps(signal: AbortSignal): Steps {
  const failures = new Map<Repository, unknown>();
  const each: EachPlace = async (places, step) => {
    const left = places.filter(({ repository }) => !failures.has(repository));
    const outcomes = await Promise.allSettled(left.map(step));
    signal.throwIfAborted();
    left.forEach(({ optional, repository }, at) => {
      const outcome = outcomes[at];
      if (outcome?.status !== 'rejected') return;
      if (!optional) throw outcome.reason;
      failures.set(repository, outcome.reason);
    });
    return outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
  };
  return { each, failures };
}
