import type { Clock } from '@oci-matrix/distribution';
import { type Digest, digestOf } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { confirmTag } from './confirm-tag.ts';
import { repositoryName, seedImage } from './test-kit/seeds.ts';
import { openRepository } from './test-kit/test-repository.ts';

/** Waits for nothing but what it is told to do then, and adds up. */
function virtualClock(onSleep: (at: number) => void = () => {}): Clock {
  let now = 0;
  return {
    now: () => now,
    random: () => 0,
    sleep: async (ms) => {
      now += ms;
      onSleep(now);
    },
  };
}

const indexOf = (registry: Registry, manifests: readonly object[], tag = '1.0') =>
  registry.seedManifest(repositoryName, { schemaVersion: 2, manifests }, { tag }).digest;

async function confirm(
  registry: Registry,
  clock: Clock,
  tag: { readonly before?: Digest; readonly written: Digest; readonly took?: number },
  ours: string,
): Promise<void> {
  await using opened = openRepository(registry.host);
  await confirmTag(
    {
      repository: opened.repository,
      tag: '1.0',
      before: tag.before,
      written: tag.written,
      took: tag.took ?? 0,
      holds: (entries) => entries.some(({ digest }) => digest === ours),
    },
    clock,
    new AbortController().signal,
  );
}

test('a tag that names what was written is looked at once, after twice the time of a write', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const written = indexOf(registry, [image]);
  const clock = virtualClock();

  await confirm(registry, clock, { written, took: 300 }, image.digest);

  expect(registry.requests().map(({ method }) => method)).toEqual(['HEAD']);
  expect(clock.now()).toBe(850);
});

test('F18: a registry that shows the tag late raises no alarm, however late it is', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/amd64');
  const written = indexOf(registry, [image], 'elsewhere');
  const before = indexOf(registry, []);

  await confirm(registry, virtualClock(), { before, written }, image.digest);
  registry.deleteManifest(repositoryName, '1.0');
  await confirm(registry, virtualClock(), { written }, image.digest);

  expect(registry.requests('HEAD')).toHaveLength(10);
});

test('an index that somebody made of ours is none either', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const written = indexOf(registry, [ours]);
  indexOf(registry, [ours, theirs]);

  await confirm(registry, virtualClock(), { written }, ours.digest);

  expect(registry.requests().map(({ method }) => method)).toEqual(['HEAD', 'GET']);
});

test('an older index that a replica still has is forgiven, when it goes away', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const written = indexOf(registry, [ours], 'elsewhere');
  indexOf(registry, [theirs]);
  const clock = virtualClock((at) => {
    if (at > 3000) indexOf(registry, [ours]);
  });

  await expect(confirm(registry, clock, { written }, ours.digest)).resolves.toBeUndefined();
});

test('an index without our entries that stays is a conflict, and both digests are named', async () => {
  await using registry = await startRegistry();
  const [ours, theirs] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const written = indexOf(registry, [ours]);
  const other = indexOf(registry, [theirs]);

  const confirming = confirm(registry, virtualClock(), { written }, ours.digest);

  await expect(confirming).rejects.toMatchObject({
    code: 'CONFLICT',
    message: `${registry.host}/${repositoryName}:1.0 was written at the same time by somebody else: it names ${other}, which does not have what ${written} has`,
    hint: expect.stringMatching(/Run the job again.*"concurrent: true"/),
  });
});

test('who may write a tag and not read it is believed', async () => {
  await using registry = await startRegistry();
  registry.fail('*', /manifests/, { status: 403, times: 9 });
  const written = digestOf('unseen');

  await expect(confirm(registry, virtualClock(), { written }, written)).resolves.toBeUndefined();
});
