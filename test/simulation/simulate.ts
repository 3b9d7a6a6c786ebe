import { aggregate, pushImage, updateIndex } from '@oci-matrix/core';
import { finish } from './finish.ts';
import { runCleanUp, runOtherTool, seedBefore } from './others.ts';
import { drawRelease } from './plan.ts';
import { watchMoves } from './promises/moves.ts';
import { checkRace } from './promises/race.ts';
import { type Release, runAttempts, type Verbs } from './release.ts';
import { openWorld, type World } from './world.ts';

/** What became of a seed. */
export interface Simulated {
  readonly seed: number;
  /** The promises that did not hold, in words; none if all is well. */
  readonly broken: readonly string[];
  /** What happened, one line for each event. */
  readonly story: readonly string[];
  readonly requests: number;
}

export const realVerbs: Verbs = { pushImage, aggregate, updateIndex };

export interface SimulateOptions {
  readonly verbs?: Verbs;
}

/** Plays the releases that a seed decides, and checks the promises on what the registry then holds. */
export async function simulate(
  seed: number,
  { verbs = realVerbs }: SimulateOptions = {},
): Promise<Simulated> {
  await using world = openWorld(seed);
  const { loop, ledger, story } = world;
  await seedBefore(world);
  const { releases, atOnce } = drawReleases(world, verbs);
  watchMoves(world, releases);

  // Most races are between us alone: of them more can be promised.
  const isFair = atOnce && world.chances.people.odds(0.7);
  if (isFair) world.settle();
  const others = isFair ? [] : drawOthers(world);
  const ended = await loop.run(Promise.all([runAll(releases, atOnce), ...others]));
  if (!ended || !(await loop.drain())) {
    world.accuse('ends', 'somebody waits for ever');
  } else {
    if (atOnce && others.length === 0) checkRace(world, releases);
    await finish(world, releases);
  }
  return { seed, broken: world.broken, story: story.lines(), requests: ledger.deeds.length };
}

interface Drawn {
  readonly releases: readonly [Release, ...Release[]];
  /** True if they run at the same time. */
  readonly atOnce: boolean;
}

function drawReleases(world: World, verbs: Verbs): Drawn {
  const { people } = world.chances;
  const how = people.pick([
    'one',
    'one',
    'in turn',
    'in turn',
    'at once',
    'concurrent',
    'concurrent',
  ]);
  const draw = (number: number): Release => ({
    ...{ world, verbs, plan: drawRelease(people, number, how === 'concurrent') },
    ...{ records: [], claims: new Map(), failures: [], others: [], published: [] },
  });
  const first = draw(1);
  const later = how === 'one' ? [] : how === 'concurrent' ? [draw(2), draw(3)] : [draw(2)];
  const releases = [first, ...later] as const;
  for (const release of releases) release.others.push(...releases.filter((r) => r !== release));
  return { releases, atOnce: how === 'at once' || how === 'concurrent' };
}

async function runAll(releases: readonly Release[], atOnce: boolean): Promise<void> {
  if (atOnce) await Promise.all(releases.map(runAttempts));
  else for (const release of releases) await runAttempts(release);
}

function drawOthers(world: World): Promise<void>[] {
  const { people } = world.chances;
  const at = (): number => people.between(0, people.pick([1000, 5000, 50_000]));
  const others: Promise<void>[] = [];
  if (people.odds(0.2)) others.push(runOtherTool(world, at(), people.odds(0.3)));
  const cleansUp = people.odds(0.3);
  const [moment, follows] = [at(), people.odds(0.5)];
  if (cleansUp) others.push(runCleanUp(world, moment, follows));
  return others;
}
