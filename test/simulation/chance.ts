import { type Random, seededRandom, shuffled } from '../../packages/testing/src/runner/random.ts';

/** Everything that a seed decides is drawn from here. */
export interface Chance {
  /** In [0, 1). */
  readonly random: Random;
  /** True so often, from 0 to 1. */
  odds(share: number): boolean;
  between(least: number, below: number): number;
  /** A whole number; both ends are possible. */
  whole(least: number, most: number): number;
  pick<T>(items: readonly [T, ...T[]]): T;
  shuffled<T>(items: readonly T[]): T[];
}

/** The same seed and purpose draw the same; another purpose draws something else. */
export function createChance(seed: number, purpose: number): Chance {
  const random = seededRandom(Math.imul(seed + 1, 0x9e3779b1) ^ Math.imul(purpose, 0x85ebca6b));
  const between = (least: number, below: number): number => least + random() * (below - least);
  const whole = (least: number, most: number): number => Math.floor(between(least, most + 1));
  return {
    random,
    between,
    whole,
    odds: (share) => random() < share,
    pick: ([first, ...others]) => others[whole(0, others.length) - 1] ?? first,
    shuffled: (items) => shuffled(items, random),
  };
}
