import { setTimeout as delay } from 'node:timers/promises';
import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { fallbackTag } from './fallback-tag.ts';
import { attach, repository, seed } from './test-kit/attach.ts';
import { hurriedClock } from './test-kit/hurried-clock.ts';
import { listedAt } from './test-kit/listed-at.ts';

const withoutApi = { capabilities: { referrers: false } };

test('a referrer alone costs one read of the fallback tag, one write, and one read 2 s later', async () => {
  await using registry = await startRegistry(withoutApi);
  const clock = fastClock();
  await using client = openClient({ clock });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);

  await attach(own, subject, 1);

  const requests = registry.requests(undefined, new RegExp(fallbackTag(subject.digest)));
  expect(requests.map(({ method }) => method)).toEqual(['GET', 'PUT', 'GET']);
  expect(clock.sleeps).toEqual([2500]);
});

test('referrers that one client pushes at once wait together, and once', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  const clock = fastClock();
  const afterAll = async (ms: number, signal: AbortSignal): Promise<void> => {
    while (listedAt(registry, subject.digest).length < 6) await delay(1);
    // The client has still to hear that the last one was written.
    await delay(100);
    await clock.sleep(ms, signal);
  };
  await using client = openClient({ clock: { ...clock, sleep: afterAll } });
  const own = client.repository({ registry: registry.host, repository });

  await Promise.all(Array.from({ length: 6 }, (_, n) => attach(own, subject, n)));

  const requests = registry.requests(undefined, new RegExp(fallbackTag(subject.digest)));
  expect(requests.length).toBeLessThanOrEqual(6 * 2 + 1);
  expect(clock.sleeps).toEqual([2500]);
});

test('a referrer that is listed already is neither written nor waited for', async () => {
  await using registry = await startRegistry(withoutApi);
  await using first = openClient({ clock: fastClock() });
  const subject = seed(registry);
  await attach(first.repository({ registry: registry.host, repository }), subject, 1);
  registry.clearRequests();
  const clock = fastClock();
  await using client = openClient({ clock });

  await attach(client.repository({ registry: registry.host, repository }), subject, 1);

  const requests = registry.requests(undefined, new RegExp(fallbackTag(subject.digest)));
  expect(requests.map(({ method }) => method)).toEqual(['GET']);
  expect(clock.sleeps).toEqual([]);
});

test('F29: writers of one fallback tag in several processes repair what they lose to each other', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  await using a = openClient({ clock: hurriedClock(10) });
  await using b = openClient({ clock: hurriedClock(10) });
  await using c = openClient({ clock: hurriedClock(10) });

  await Promise.all(
    [a, b, c].map((client, n) =>
      attach(client.repository({ registry: registry.host, repository }), subject, n),
    ),
  );

  const own = a.repository({ registry: registry.host, repository });
  expect(await own.referrers.list(subject.digest)).toHaveLength(3);
});

test('an entry that someone else wrote over meanwhile is put back beside theirs', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  const tag = fallbackTag(subject.digest);
  const theirs = registry.seedManifest(repository, artifact({ subject, annotations: { x: '1' } }));
  const index = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [theirs] };
  const clock = fastClock();
  // They read the tag before we wrote, and write after us.
  const meanwhile = (ms: number, signal: AbortSignal): Promise<void> => {
    if (clock.sleeps.length === 0) registry.seedManifest(repository, index, { tag });
    return clock.sleep(ms, signal);
  };
  await using client = openClient({ clock: { ...clock, sleep: meanwhile } });
  const own = client.repository({ registry: registry.host, repository });

  const pushed = await attach(own, subject, 1);

  const listed = await own.referrers.list(subject.digest);
  expect(listed.map(({ digest }) => digest)).toEqual([theirs.digest, pushed.digest]);
  // Whoever wrote so late may not be the last.
  expect(clock.sleeps).toEqual([2500, 18_750]);
});

test('a tag that is taken away and does not come back is written again', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  const tag = fallbackTag(subject.digest);
  const clock = fastClock();
  const meanwhile = (ms: number, signal: AbortSignal): Promise<void> => {
    if (clock.sleeps.length === 0) registry.deleteManifest(repository, tag);
    return clock.sleep(ms, signal);
  };
  await using client = openClient({ clock: { ...clock, sleep: meanwhile } });
  const own = client.repository({ registry: registry.host, repository });

  const pushed = await attach(own, subject, 1);

  const listed = await own.referrers.list(subject.digest);
  expect(listed.map(({ digest }) => digest)).toEqual([pushed.digest]);
  expect(registry.requests('PUT', new RegExp(tag))).toHaveLength(2);
});

test('a push that is aborted does not end the wait of the others', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  const abort = new AbortController();
  const clock = fastClock();
  const meanwhile = (ms: number, signal: AbortSignal): Promise<void> => {
    abort.abort(new Error('enough'));
    return clock.sleep(ms, signal);
  };
  await using client = openClient({ clock: { ...clock, sleep: meanwhile } });
  const own = client.repository({ registry: registry.host, repository });

  const [aborted, other] = await Promise.allSettled([
    attach(own, subject, 1, { signal: abort.signal }),
    attach(own, subject, 2),
  ]);

  expect(aborted).toMatchObject({ status: 'rejected', reason: { message: 'enough' } });
  expect(other).toMatchObject({ status: 'fulfilled' });
  expect(await own.referrers.list(subject.digest)).toHaveLength(2);
});

test('an entry that is refused does not fail the one before it', async () => {
  await using registry = await startRegistry(withoutApi);
  const subject = seed(registry);
  registry.fail('PUT', new RegExp(fallbackTag(subject.digest)), {
    after: 1,
    times: 9,
    status: 400,
  });
  const clock = fastClock();
  const refused = Promise.withResolvers<unknown>();
  const afterRefusal = async (ms: number, signal: AbortSignal): Promise<void> => {
    attach(own, subject, 2).catch(refused.resolve);
    await refused.promise;
    await clock.sleep(ms, signal);
  };
  await using client = openClient({ clock: { ...clock, sleep: afterRefusal } });
  const own = client.repository({ registry: registry.host, repository });

  const first = await attach(own, subject, 1);

  expect(await refused.promise).toMatchObject({ status: 400 });
  expect(listedAt(registry, subject.digest)).toEqual([first.digest]);
});

test('a fallback tag that keeps losing the entry is given up', async () => {
  await using registry = await startRegistry(withoutApi);
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  registry.fail('GET', /manifests/, { status: 404, times: 100 });

  const failure = await attach(own, seed(registry), 1).catch((error) => error);

  expect(failure).toMatchObject({ code: 'PROTOCOL' });
  expect(failure.message).toMatch(/^the referrers tag sha256-.* does not keep sha256:.*: 10 looks/);
});
