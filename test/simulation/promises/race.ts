import type { Descriptor } from '@oci-matrix/oci';
import { repositoryName } from '../content.ts';
import type { Release } from '../release.ts';
import { isTimely } from '../weather.ts';
import type { World } from '../world.ts';
import { keyOf } from './index-move.ts';

/**
 * When all who wrote at the same time say that they have published, the index has what each of them wanted: a newer run's
 * entry wins over an older one's, and nothing else is gone.
 */
export function checkRace(world: World, releases: readonly Release[]): void {
  const { registry, accuse, weather, mortal } = world;
  const allDone = releases.every(
    ({ published }) => published.length > 0 && published.every((kind) => kind === 'done'),
  );
  if (
    !isTimely(weather) ||
    !allDone ||
    mortal ||
    releases.some(({ plan }) => plan.mode === 'replace')
  )
    return;
  const bytes = registry.manifest(repositoryName, 'latest')?.bytes ?? Buffer.from('{}');
  const entries: readonly Descriptor[] = JSON.parse(Buffer.from(bytes).toString()).manifests ?? [];
  const found = new Set(entries.map(({ digest }) => digest));
  // A writer waits 250 ms before it looks again: what is longer on its way to and fro is seen by nobody, unless all announce what they want.
  const isUnseen = 2 * weather.latency * weather.jitter > 250;
  for (const release of releases) {
    if (isUnseen && !release.plan.concurrent) continue;
    const theirs = new Set(release.others.flatMap(wantedBy).map(keyOf));
    for (const entry of wantedBy(release)) {
      if (found.has(entry.digest) || theirs.has(keyOf(entry))) continue;
      const promise = release.plan.concurrent ? 'converging' : 'noticed';
      accuse(promise, `${release.plan.name} has published ${entry.digest}, and it is gone`);
    }
  }
}

const wantedBy = ({ claims }: Release): readonly Descriptor[] =>
  [...claims.values()].at(-1)?.entries ?? [];
