import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { attach, repository, seed } from './test-kit/attach.ts';

const nothing = JSON.stringify({
  schemaVersion: 2,
  mediaType: mediaTypes.imageIndex,
  manifests: [],
});

/** Lets the API list nothing so many times. */
const hide = (registry: Registry, times: number): void =>
  registry.fail('GET', /referrers/, { times, status: 200, body: nothing });

const putsOf = (registry: Registry, { digest }: Descriptor): number =>
  registry.requests('PUT', new RegExp(`manifests/${digest}`)).length;

test.each([
  ['a list that is late is waited for', 1, 1, 1],
  ['a referrer that the registry lost is pushed again', 2, 2, 2],
  ['a referrer that the registry lost twice is pushed twice again', 3, 3, 3],
])('%s', async (_, hidden, puts, waits) => {
  await using registry = await startRegistry();
  const clock = fastClock();
  await using client = openClient({ clock });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  hide(registry, hidden);

  const pushed = await attach(own, subject, 1);

  expect(putsOf(registry, pushed)).toBe(puts);
  expect(clock.sleeps).toHaveLength(waits);
  expect(await own.referrers.list(subject.digest)).toHaveLength(1);
  expect(registry.tags(repository)).toEqual(['v1']);
});

test('a referrer that the registry promises to list and never does is an error', async () => {
  await using registry = await startRegistry();
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  hide(registry, 100);

  const failure = await attach(own, subject, 1).catch((error) => error);

  expect(failure).toMatchObject({ code: 'PROTOCOL', hint: expect.any(String) });
  expect(failure.message).toMatch(
    /^the registry took sha256:.* 5 times, and does not list it as a referrer of sha256:/,
  );
});

test('manifests of one subject are put one at a time, those of others beside them', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const own = client.repository({ registry: registry.host, repository });
  const subjects = [seed(registry), registry.seedManifest(repository, nothing)];
  registry.fail('PUT', /manifests/, { delay: 20, times: 6 });
  const counts: number[] = [];
  registry.onRequest(({ method }) => {
    if (method !== 'PUT') return;
    counts.push(registry.requests('PUT').filter(({ duration }) => duration === 0).length);
  });

  await Promise.all(subjects.flatMap((subject) => [1, 2, 3].map((n) => attach(own, subject, n))));

  expect(counts).toHaveLength(6);
  expect(Math.max(...counts)).toBe(1);
});
