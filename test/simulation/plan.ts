import type { Chance } from './chance.ts';
import type { LegContent } from './content.ts';

export interface LegPlan extends LegContent {
  readonly id: string;
  /** True if every attempt gives the same bytes. */
  readonly reproducible: boolean;
  /** A tag of its own. */
  readonly tag: string | undefined;
}

/** One release: a run of a workflow, with its attempts. */
export interface ReleasePlan {
  /** Its fan-in is told that others write at the same time. */
  readonly concurrent: boolean;
  /** Such as `r1`; what it pushes differs from what others push. */
  readonly name: string;
  readonly number: number;
  readonly legs: readonly LegPlan[];
  readonly tags: readonly string[];
  readonly mode: 'merge' | 'replace';
  readonly attempts: number;
  /** Which jobs run in later attempts. */
  readonly again: 'failed' | 'all';
  /** The fan-in runs even where a leg has failed, and is told so. */
  readonly always: boolean;
  /** A dry run goes before the real one. */
  readonly dry: boolean;
}

const contents: readonly (LegContent & { readonly id: string })[] = [
  { id: 'amd64', platform: 'linux/amd64', artifactType: undefined },
  { id: 'arm64', platform: 'linux/arm64', artifactType: undefined },
  { id: 'armv7', platform: 'linux/arm/v7', artifactType: undefined },
  { id: 'disk', platform: 'linux/amd64', artifactType: 'application/vnd.example.disk' },
  { id: 'notes', platform: undefined, artifactType: 'application/vnd.example.notes' },
];

export function drawRelease(chance: Chance, number: number, concurrent: boolean): ReleasePlan {
  const legs = concurrent
    ? ownLegs(number)
    : chance.shuffled(contents).slice(0, chance.whole(1, 4));
  const version = chance.odds(0.5) ? [`1.${number}`] : [];
  const rolling = chance.odds(0.4) ? ['stable'] : [];
  return {
    concurrent,
    name: `r${number}`,
    number,
    legs: legs.map((leg) => ({
      ...leg,
      reproducible: chance.odds(0.4),
      tag: chance.odds(0.25) ? `build-${leg.id}` : undefined,
    })),
    tags: ['latest', ...version, ...rolling],
    mode: !concurrent && chance.odds(0.15) ? 'replace' : 'merge',
    attempts: chance.whole(1, 3),
    again: chance.pick(['failed', 'all']),
    always: chance.odds(0.3),
    dry: chance.odds(0.3),
  };
}

// Those that write at the same time mostly have platforms of their own, and all have their notes. An artifact for a platform
// would keep the others' image for it out.
const ownLegs = (number: number): typeof contents =>
  contents.filter(({ id }, at) => id === 'notes' || (id !== 'disk' && at % 3 === number % 3));
