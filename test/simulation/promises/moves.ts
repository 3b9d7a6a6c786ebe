import { repositoryName } from '../content.ts';
import type { Move } from '../ledger.ts';
import type { Release } from '../release.ts';
import type { World } from '../world.ts';
import { checkIndex } from './index-move.ts';

/** Checks every move of a tag by a job of ours at the moment when it happens. */
export function watchMoves(world: World, releases: readonly Release[]): void {
  world.onMove((move) => {
    if (move.to === undefined || !/^r\d/.test(move.by)) return;
    const claim = releases
      .map(({ claims }) => claims.get(move.by))
      .find((each) => each !== undefined);
    if (claim === undefined) checkLeg(world, move);
    else checkIndex(world, move, claim);
  });
}

/** A leg's own tag names what is there with all its blobs. */
function checkLeg({ registry, accuse }: World, { tag, by, to }: Move): void {
  const bytes = registry.manifest(repositoryName, to ?? '')?.bytes ?? new Uint8Array();
  const { config, layers = [] } = JSON.parse(Buffer.from(bytes).toString());
  const blobs: readonly string[] = registry.blobs(repositoryName);
  for (const { digest } of [config, ...layers]) {
    if (!blobs.includes(digest))
      accuse('complete', `${by} moves ${tag} to ${to} before blob ${digest} is there`);
  }
}
