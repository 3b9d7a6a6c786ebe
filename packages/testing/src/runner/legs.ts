import type { Group } from './group.ts';
import type { RunHost } from './host.ts';
import type { JsonObject } from './json.ts';
import { runLeg } from './leg.ts';
import { createLimiter } from './limiter.ts';
import type { JobOutcome, LegOutcome } from './outcome.ts';
import { shuffled } from './random.ts';
import type { Plan } from './strategy.ts';

/** What the legs of a job share. */
export interface LegSet {
  /** What expressions of the job see without a leg. */
  readonly contexts: JsonObject;
  readonly plan: Plan;
  readonly previous: JobOutcome | undefined;
  /** The legs that an earlier attempt ran well. */
  readonly skip: ReadonlySet<number>;
}

/** Runs the legs of a job, and gives their outcomes in the order in which they count as finished. */
export async function runLegs(host: RunHost, group: Group, set: LegSet): Promise<LegOutcome[]> {
  const { plan, skip, previous } = set;
  const failFast = new AbortController();
  const parent = group.call.signal.aborted ? [] : [group.call.signal];
  const signal = AbortSignal.any([failFast.signal, ...parent]);
  const limit = createLimiter(plan.maxParallel);
  const random = host.random(`${group.call.prefix.path}${group.spec.id}`);
  const waiting = plan.legs.filter(({ index }) => !skip.has(index));
  const outcomes = await Promise.all(
    shuffled(waiting, random).map((leg) =>
      limit(async () => {
        const { matrix, strategy } = leg;
        const contexts = { ...set.contexts, matrix, strategy };
        const outcome = await runLeg(host, group, { leg, contexts, previous, signal });
        if (plan.failFast && outcome.conclusion === 'failure' && !outcome.isForgiven) {
          failFast.abort();
        }
        return outcome;
      }),
    ),
  );
  // Which leg ends last is chance; a drawn order makes that chance repeatable.
  return shuffled(outcomes, random);
}
