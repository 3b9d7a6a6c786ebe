import type { Digest } from '@oci-matrix/oci';
import { repositoryName } from './content.ts';
import { fanIn, publish, type Release, runLegs } from './release.ts';
import type { World } from './world.ts';

/** When all is well again a release can be repeated, and one more repeat changes nothing. */
export async function finish(
  world: World,
  releases: readonly [Release, ...Release[]],
): Promise<void> {
  world.clearUp();
  const ended = await world.loop.run(repeatLast(world, releases.at(-1) ?? releases[0]));
  if (!ended) world.accuse('ends', 'the repeat waits for ever');
}

async function repeatLast(world: World, release: Release): Promise<void> {
  const { plan, failures } = release;
  failures.splice(0);
  const attempt = plan.attempts + 1;
  const failed = await runLegs(release, attempt, plan.legs);
  const published = await fanIn(release, attempt, failed);
  if (failed.length === 0 && published.kind === 'done') {
    checkTags(world, release, published.value.descriptor.digest);
    await repeatOnce(world, release, attempt);
  } else if (!failures.some((code) => excuses.has(code))) {
    world.accuse('complete', `a repeat without trouble fails: ${failures.join(', ')}`);
  }
}

// What a repeat cannot mend: a tag that may not move from what an earlier attempt pushed, an artifact that others put
// before our image, and an entry of others that a clean-up took away, where the registry then refuses the index.
const excuses: ReadonlySet<string> = new Set([
  'TAG_IMMUTABLE',
  'TAG_INVALID',
  'ENTRY_DUPLICATE',
  'MANIFEST_BLOB_UNKNOWN',
]);

function checkTags({ registry, accuse }: World, { plan }: Release, digest: Digest): void {
  for (const tag of plan.tags) {
    const found = registry.manifest(repositoryName, tag)?.digest;
    if (found !== digest) accuse('complete', `${tag} names ${found}, not ${digest}`);
  }
}

async function repeatOnce(world: World, release: Release, attempt: number): Promise<void> {
  const before = world.ledger.deeds.length;
  const name = `${release.plan.name}.${attempt} repeat`;
  const again = await publish(release, name, [], false, attempt);
  for (const { method, path } of world.ledger.deeds.slice(before)) {
    if (!/^(?:GET|HEAD)$/.test(method))
      world.accuse('idempotent', `${name} does ${method} ${path}`);
  }
  if (again.kind !== 'done' || again.value.changed) {
    world.accuse('idempotent', `${name} does not find all as it left it`);
  }
}
