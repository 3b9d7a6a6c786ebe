import {
  type aggregate,
  createRecord,
  defaultIdentity,
  type LegRecord,
  parseRecords,
  type pushImage,
  type Records,
  recordText,
  refuseIncomplete,
  type UpdatedIndex,
  type updateIndex,
} from '@oci-matrix/core';
import type { Clock, Repository } from '@oci-matrix/distribution';
import { OciError } from '@oci-matrix/oci';
import type { Claim } from './claim.ts';
import { host, planOf, repositoryName } from './content.ts';
import { epoch, type Outcome, runJob } from './job.ts';
import type { LegPlan, ReleasePlan } from './plan.ts';
import type { World } from './world.ts';

/** What a release is made with: the use-cases of core, or some that have a bug. */
export interface Verbs {
  readonly pushImage: typeof pushImage;
  readonly aggregate: typeof aggregate;
  readonly updateIndex: typeof updateIndex;
}

/** A release and what it has come to. */
export interface Release {
  readonly world: World;
  readonly verbs: Verbs;
  readonly plan: ReleasePlan;
  /** The records that were handed over, as artifacts are. */
  readonly records: LegRecord[];
  /** What each fan-in may publish, by its job's name. */
  readonly claims: Map<string, Claim>;
  /** Those that run at the same time. */
  readonly others: Release[];
  /** How its fan-ins ended, but for dry runs. */
  readonly published: Outcome<UpdatedIndex>['kind'][];
  /** The codes of all that failed. */
  readonly failures: string[];
}

/** Runs the attempts of a release until one succeeds. */
export async function runAttempts(release: Release): Promise<void> {
  const { plan } = release;
  let failed: readonly LegPlan[] = plan.legs;
  for (let attempt = 1; attempt <= plan.attempts; attempt += 1) {
    failed = await runLegs(release, attempt, plan.again === 'all' ? plan.legs : failed);
    if (failed.length > 0 && !plan.always) continue;
    const published = await fanIn(release, attempt, failed);
    if (published.kind === 'done' && failed.length === 0) return;
    await release.world.loop.sleep(1000);
  }
}

/** Runs legs side by side; gives those that failed. */
export async function runLegs(
  release: Release,
  attempt: number,
  legs: readonly LegPlan[],
): Promise<LegPlan[]> {
  const outcomes = await Promise.all(legs.map((leg) => runLeg(release, attempt, leg)));
  return legs.filter((_, at) => outcomes[at]?.kind !== 'done');
}

function runLeg(release: Release, attempt: number, leg: LegPlan): Promise<Outcome<void>> {
  const { world, verbs, plan, records } = release;
  const name = `${plan.name}.${attempt} ${leg.id}`;
  return checked(release, name, async (repository) => {
    const image = planOf(leg, `${plan.name} ${leg.id} ${leg.reproducible ? '' : attempt}`);
    const identity = {
      ...{ group: 'app', leg: leg.id, index: plan.legs.indexOf(leg), total: plan.legs.length },
      matrix: { leg: leg.id },
      run: { id: plan.name, number: plan.number, attempt, job: 'push' },
    };
    const content = { image: `${host}/${repositoryName}`, descriptor: image.root };
    const tags = leg.tag === undefined ? [] : [leg.tag];
    await verbs.pushImage({ repository, plan: image, tags });
    world.story.tell(name, `hands over ${image.root.digest}`);
    records.push(createRecord(identity, content, new Date(epoch + world.loop.now())));
  });
}

/** Runs the fan-in; a dry one first, where that is planned. */
export async function fanIn(
  release: Release,
  attempt: number,
  failed: readonly LegPlan[],
): Promise<Outcome<UpdatedIndex>> {
  const { name, dry } = release.plan;
  if (dry) await publish(release, `${name}.${attempt} dry run`, failed, true, attempt);
  const outcome = await publish(release, `${name}.${attempt} publish`, failed, false, attempt);
  release.published.push(outcome.kind);
  return outcome;
}

/** Aggregates what was handed over, and updates the index. */
export function publish(
  release: Release,
  name: string,
  failed: readonly LegPlan[],
  dryRun: boolean,
  attempt: number,
): Promise<Outcome<UpdatedIndex>> {
  const { verbs, plan } = release;
  release.claims.set(name, claimOf(release, failed, dryRun));
  return checked(release, name, async (repository, clock) => {
    const records = handedOver(release, failed);
    const { tags, mode } = plan;
    return verbs.updateIndex({
      ...{ repository, tags, mode, records, dryRun, clock },
      identity: defaultIdentity,
      concurrent: plan.concurrent ? { id: plan.number, attempt } : undefined,
    });
  });
}

function handedOver({ world, verbs, records }: Release, failed: readonly LegPlan[]): Records {
  const chance = world.chances.people;
  const all = [...records, strangerOf()];
  const carried = chance.shuffled(all).map((record, at) => ({
    artifact: `artifact ${at}`,
    text: recordText(record),
  }));
  const needs = { records: [], failed: failed.map(({ id }) => ({ job: id, result: 'failure' })) };
  const aggregated = verbs.aggregate({ group: 'app', carried, needs });
  refuseIncomplete(aggregated, needs);
  return parseRecords(JSON.stringify(aggregated), 'the records file');
}

// Another image of the same workflow, of which a leg is missing: that is its own trouble.
const strangerOf = (): LegRecord =>
  createRecord(
    {
      ...{ group: 'other', leg: 'amd64', index: 0, total: 2, matrix: { leg: 'amd64' } },
      run: { id: 'r1', number: 1, attempt: 1, job: 'push' },
    },
    {},
    new Date(epoch),
  );

function claimOf(
  { plan, records, others }: Release,
  failed: readonly LegPlan[],
  dry: boolean,
): Claim {
  const newest = plan.legs.flatMap(({ id }) => {
    const own = records.filter(({ leg }) => leg === id);
    return own.toSorted((a, b) => b.run.attempt - a.run.attempt).slice(0, 1);
  });
  const entries = newest.flatMap(({ descriptor }) => descriptor ?? []);
  const now = new Set(entries.map(({ digest }) => digest));
  const all = records.flatMap(({ descriptor }) => descriptor?.digest ?? []);
  return {
    entries,
    old: new Set(all.filter((digest) => !now.has(digest))),
    complete: newest.length === plan.legs.length && failed.length === 0,
    mode: plan.mode,
    tags: plan.tags,
    dry,
    others: () =>
      plan.concurrent
        ? others.flatMap((other) => other.records.flatMap(({ descriptor }) => descriptor ?? []))
        : [],
  };
}

/** Runs a job whose failures have to be explained. */
async function checked<T>(
  { world, failures }: Release,
  name: string,
  work: (repository: Repository, clock: Clock) => Promise<T>,
): Promise<Outcome<T>> {
  const outcome = await runJob(world, name, work);
  if (outcome.kind !== 'failed') return outcome;
  const { error } = outcome;
  if (error instanceof OciError) failures.push(error.code);
  else world.accuse('explained', `${name}: ${error instanceof Error ? error.stack : error}`);
  return outcome;
}
