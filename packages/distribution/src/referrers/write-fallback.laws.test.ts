import { setTimeout as delay } from 'node:timers/promises';
import type { Digest } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';
import { attach, repository } from './test-kit/attach.ts';
import { hurriedClock } from './test-kit/hurried-clock.ts';
import { listedAt } from './test-kit/listed-at.ts';

// What is 5 s of ghcr.io passes in 25 ms.
const hurry = 200;
const capabilities = { referrers: false, staleTagReads: 25 };

/** Each referrer is pushed, deleted and pushed again so often, with these pauses in ms between. */
const lives = fc.array(fc.array(fc.nat(30), { minLength: 1, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

test('whatever one client pushes and deletes at once, the tag lists what is left, however late it is shown', async () => {
  await using registry = await startRegistry({ capabilities });
  await using client = openClient({ clock: hurriedClock(hurry) });
  const own = client.repository({ registry: registry.host, repository });
  registry.seedBlob(repository, '{}');
  let run = 0;

  const law = fc.asyncProperty(lives, async (pauses) => {
    run += 1;
    const subject = registry.seedManifest(repository, artifact({ annotations: { run: `${run}` } }));
    const live = async (times: readonly number[], n: number): Promise<Digest[]> => {
      let left: Digest[] = [];
      for (const pause of times) {
        await delay(pause);
        const [there] = left;
        if (there !== undefined) await own.manifests.delete(there);
        left = there === undefined ? [(await attach(own, subject, n)).digest] : [];
      }
      return left;
    };

    const left = await Promise.all(pauses.map(live));

    expect(listedAt(registry, subject.digest).sort()).toEqual(left.flat().sort());
  });

  await fc.assert(law, { numRuns: 8 });
}, 30_000);
