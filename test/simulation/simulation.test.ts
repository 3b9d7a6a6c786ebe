import { expect, test } from 'vitest';
import { type Simulated, simulate } from './simulate.ts';

// Seconds on a machine that has nothing else to do.
const timeout = 300_000;

const played = new Map<number, Simulated>();

test('no release of a few hundred breaks a promise', { timeout }, async () => {
  for (let seed = 0; seed < 250; seed += 1) {
    const simulated = await simulate(seed);
    played.set(seed, simulated);

    expect(simulated.broken, `seed ${seed}\n${simulated.story.join('\n')}`).toEqual([]);
  }
});

test.each([
  ['a job is killed', /is killed/],
  ['a request is lost', /is lost$/m],
  ['an answer is lost', /answer lost/],
  ['a request is late', /late by/],
  ['a client gives up', /gives up on/],
  ['a request is done twice', /for the second time/],
  ['a read is stale', /stale by/],
  ['an answer breaks off', /told with a wrong half/],
  ['an answer has a wrong bit', /told with a wrong bit/],
  ['a proxy answers', /told with a wrong page/],
  ['the registry says no', /→ 429/],
  ['what was done is told as refused', /, told as 50\d/],
  ['the registry is down', /the registry is down/],
  ['another tool adds an entry', /a naive tool +has done/],
  ['another tool overwrites the tag', /an overwriting tool +has done/],
  ['a clean-up deletes manifests', /clean-up +deletes [0-9a-f]/],
  ['a leg is missing', /is not complete/],
  ['a job has failed', /a job did not succeed/],
  ['a manifest is gone', /does not have \d+ of the manifests/],
  ['a race is lost', /written at the same time/],
  ['writers converge', /moves oci-matrix-intent-/],
])('in some of them %s', (_, event) => {
  const told = [...played.values()].filter(({ story }) => story.some((line) => event.test(line)));

  expect(told.length).toBeGreaterThan(0);
});

test('a seed tells the same story every time', { timeout }, async () => {
  for (let seed = 0; seed < 20; seed += 1) {
    const again = await simulate(seed);

    expect(again.story).toEqual(played.get(seed)?.story);
    expect(again.story.length).toBeGreaterThan(5);
  }
});
