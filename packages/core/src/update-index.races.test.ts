import { type Clock, openClient } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { systemClock } from './converge/clock.ts';
import { defaultIdentity } from './identity.ts';
import { pushedBy, recordsOf } from './test-kit/records.ts';
import { repositoryName, seedArtifact, seedImage } from './test-kit/seeds.ts';
import { failure, update } from './test-kit/update.ts';
import { updateIndex } from './update-index.ts';

const digestsAt = (registry: Registry): string[] =>
  JSON.parse(
    Buffer.from(registry.manifest(repositoryName, '1.0')?.bytes ?? []).toString(),
  ).manifests.map(({ digest }: Descriptor) => digest);

/** Calls `work` each time somebody asks so for the tag, when the registry has answered. */
function whenAsked(registry: Registry, method: string, work: () => void): void {
  registry.onRequest((request) => {
    if (request.method === method && request.path.endsWith('/manifests/1.0')) work();
  });
}

const seedIndex = (registry: Registry, ...manifests: readonly Descriptor[]) =>
  registry.seedManifest(repositoryName, { schemaVersion: 2, manifests }, { tag: '1.0' });

/** By which every look is an old one. */
const slowClock = (): Clock => {
  let now = 0;
  return {
    now: () => {
      now += 1000;
      return now;
    },
    random: () => 0,
    sleep: async () => {},
  };
};

test('A7: a write that somebody overwrites is a conflict, and no success', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  whenAsked(registry, 'PUT', () => seedIndex(registry, theirs));

  const failed = await failure(registry, { records: recordsOf(pushedBy('a', ours)) });

  expect(failed).toMatchObject({ code: 'CONFLICT', message: expect.stringContaining(':1.0') });
  expect(digestsAt(registry)).toEqual([theirs.digest]);
});

test('A7: a tag that moves before it is written is read again, and nobody loses anything', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  let others = 1;
  whenAsked(registry, 'GET', () => {
    if (others > 0) seedIndex(registry, theirs);
    others -= 1;
  });

  await update(registry, { records: recordsOf(pushedBy('a', ours)), clock: slowClock() });

  expect(digestsAt(registry)).toEqual([theirs.digest, ours.digest]);
  expect(registry.requests('PUT')).toHaveLength(1);
});

test('a write that is repeated does not undo what somebody else wrote meanwhile', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  registry.fail('PUT', /manifests\/1\.0$/, { status: 503 });
  let others = 1;
  whenAsked(registry, 'PUT', () => {
    if (others > 0) seedIndex(registry, theirs);
    others -= 1;
  });

  await using client = openClient();
  await updateIndex({
    repository: client.repository({ registry: registry.host, repository: repositoryName }),
    records: recordsOf(pushedBy('a', ours)),
    ...{ tags: ['1.0'], mode: 'merge', identity: defaultIdentity },
  });

  expect(digestsAt(registry)).toEqual([theirs.digest, ours.digest]);
  expect(registry.requests('PUT')).toHaveLength(2);
});

test('a tag that never stands still is a conflict, and is not written', async () => {
  await using registry = await startRegistry();
  const ours = seedImage(registry, 'linux/amd64');
  let count = 0;
  whenAsked(registry, 'GET', () => {
    count += 1;
    seedIndex(registry, seedArtifact(registry, `theirs ${count}`));
  });

  const records = recordsOf(pushedBy('a', ours));
  const failed = await failure(registry, { records, clock: slowClock() });

  expect(failed).toMatchObject({
    code: 'CONFLICT',
    message: expect.stringMatching(/1\.0 moved 4 times before it could be written; nothing was$/),
  });
  expect(registry.requests('PUT')).toEqual([]);
});

test('F18: a registry that shows tags late neither fails a release nor undoes the one before', async () => {
  await using registry = await startRegistry({ capabilities: { staleTagReads: 60_000 } });
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];

  const first = await update(registry, { records: recordsOf(pushedBy('a', amd64, arm64)) });

  expect(registry.manifest(repositoryName, '1.0')?.digest).toBe(first.descriptor.digest);
});

// Three times as fast as the world.
const fastClock: Clock = {
  now: () => 3 * performance.now(),
  random: Math.random,
  sleep: (ms, signal) => systemClock.sleep(ms / 3, signal),
};

test('A7: of writers that race, whoever says that it succeeded has its entry in the index', async () => {
  await using registry = await startRegistry();
  const disks = Array.from({ length: 12 }, (_, at) =>
    seedArtifact(registry, `disk ${at}`, {
      platform: { os: 'gardenlinux', architecture: 'amd64' },
      annotations: { cname: `flavor-${at}` },
    }),
  );
  const identity = ['platform', 'annotations.cname'];

  const outcomes = await Promise.allSettled(
    disks.map((disk, at) =>
      update(registry, { records: recordsOf(pushedBy(`${at}`, disk)), identity, clock: fastClock }),
    ),
  );

  const there = new Set(digestsAt(registry));
  const succeeded = disks.filter((_, at) => outcomes[at]?.status === 'fulfilled');
  expect(succeeded.filter(({ digest }) => !there.has(digest))).toEqual([]);
  const codes = outcomes.flatMap((outcome) =>
    outcome.status === 'rejected' ? [outcome.reason.code] : [],
  );
  expect(new Set(codes)).toEqual(new Set(['CONFLICT']));
});
