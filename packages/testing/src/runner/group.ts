import { messageOf } from './error.ts';
import { evaluateCondition } from './expressions.ts';
import { statusFunctions } from './functions.ts';
import type { RunHost } from './host.ts';
import type { JsonObject } from './json.ts';
import { runLegs } from './legs.ts';
import { combineResults, type JobOutcome, mergeOutputs, resultsContext } from './outcome.ts';
import type { Conclusion } from './result.ts';
import type { WorkflowCall } from './schedule.ts';
import { displayName, planLegs } from './strategy.ts';
import { unrunLeg } from './unrun-job.ts';
import type { JobSpec } from './workflow.ts';

/** A job with everything that decides whether and how it runs. */
export interface Group {
  readonly call: WorkflowCall;
  readonly spec: JobSpec;
  readonly needs: readonly JobOutcome[];
  readonly previous: JobOutcome | undefined;
}

/** Runs a job: keeps it, skips it, or runs its legs. */
export async function runGroup(host: RunHost, group: Group): Promise<JobOutcome> {
  const { spec, needs, previous } = group;
  const ancestors = new Map(
    needs.flatMap((need) => [
      ...need.ancestors,
      [need.id, need.result] satisfies [string, Conclusion],
    ]),
  );
  const isNew = previous === undefined || needs.some((need) => need.isNew);
  const base = { id: spec.id, ancestors };
  if (!isNew && previous.legs.every(isKept)) {
    return { ...previous, isNew: false };
  }
  const contexts = groupContexts(host, group);
  try {
    const cancelled = (): boolean => group.call.signal.aborted;
    const functions = statusFunctions(ancestorStatus(ancestors, cancelled));
    if (!evaluateCondition(spec.condition, { contexts, functions })) {
      return { ...base, ...withoutLegs(host, group, cancelled() ? 'cancelled' : 'skipped') };
    }
    const plan = planLegs(spec, { contexts });
    const kept = isNew ? [] : previous.legs.filter(isKept);
    const again = {
      previous: isNew ? undefined : previous,
      skip: new Set(kept.map((l) => l.index)),
    };
    const legs = [...kept, ...(await runLegs(host, group, { contexts, plan, ...again }))];
    return {
      ...base,
      legs,
      result: combineResults(legs),
      outputs: mergeOutputs(legs),
      isNew: true,
    };
  } catch (error) {
    return { ...base, ...withoutLegs(host, group, 'failure', messageOf(error)) };
  }
}

/** Whether a re-run of what failed leaves a leg alone. */
const isKept = ({ conclusion }: { conclusion: Conclusion }): boolean =>
  conclusion === 'success' || conclusion === 'skipped';

const groupContexts = ({ vars }: RunHost, { call, needs }: Group): JsonObject => ({
  github: call.github,
  inputs: call.inputs,
  vars,
  needs: resultsContext(needs),
});

/** For a job, `success()` asks for all jobs before it, not for those alone that it names. */
function ancestorStatus(ancestors: ReadonlyMap<string, Conclusion>, cancelled: () => boolean) {
  const asked = (names: readonly string[]): Conclusion[] =>
    [...ancestors].flatMap(([id, result]) =>
      names.length === 0 || names.includes(id) ? [result] : [],
    );
  return {
    success: (names: readonly string[]) =>
      !cancelled() && asked(names).every((result) => result === 'success'),
    failure: (names: readonly string[]) => !cancelled() && asked(names).includes('failure'),
    cancelled,
  };
}

/** A job of which nothing ran. */
function withoutLegs(host: RunHost, group: Group, conclusion: Conclusion, message?: string) {
  const { spec, call } = group;
  const leg = unrunLeg(host, {
    id: `${call.prefix.path}${spec.id}`,
    name: `${call.prefix.name}${plainName(host, group)}`,
    matrix: null,
    index: 0,
    conclusion,
    ...(message === undefined ? {} : { message }),
  });
  return { legs: [leg], result: conclusion, outputs: {}, isNew: true };
}

function plainName(host: RunHost, group: Group): string {
  const contexts = { ...groupContexts(host, group), matrix: null, strategy: null };
  try {
    return displayName(group.spec, null, { contexts });
  } catch {
    return group.spec.id;
  }
}
