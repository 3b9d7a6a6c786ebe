import { expect, test } from 'vitest';
import * as planted from './planted.ts';
import type { Verbs } from './release.ts';
import { simulate } from './simulate.ts';

test.each<[bug: string, verbs: Verbs, promise: RegExp]>([
  ['tags that move first', planted.tagsFirst, /^complete: .* is (?:not )?there/],
  ['an old attempt that is accepted', planted.oldAttempts, /^(?:attempts|complete): /],
  ['children that nobody looks for', planted.uncheckedChildren, /^complete: .* is not there/],
  ['others that are dropped', planted.othersDropped, /^foreign: /],
  ['a dry run that writes', planted.wetDryRun, /^dry: /],
  ['a failure that is taken for absence', planted.failureIsAbsence, /^absent: /],
  ['bytes that are always new', planted.alwaysNew, /^idempotent: /],
  ['a write that nobody verifies', planted.unverified, /^converging: /],
])('finds %s within 1000 seeds', { timeout: 300_000 }, async (_, verbs, promise) => {
  const found = await firstOf(verbs, promise, 1000);

  expect(found).toBeLessThan(1000);
});

async function firstOf(verbs: Verbs, promise: RegExp, below: number): Promise<number> {
  for (let seed = 0; seed < below; seed += 1) {
    const { broken } = await simulate(seed, { verbs });
    if (broken.some((each) => promise.test(each))) return seed;
  }
  return below;
}
