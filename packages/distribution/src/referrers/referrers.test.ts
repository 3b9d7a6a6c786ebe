import { canonicalBytes, type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import type { Repository } from '../repository.ts';
import { artifact } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { fallbackTag } from './fallback-tag.ts';

const repository = 'octo/app';
const type = 'application/vnd.example.sbom';

function seed(registry: Registry): Descriptor {
  registry.seedBlob(repository, '{}');
  return registry.seedManifest(repository, artifact(), { tag: 'v1' });
}

const attach = (to: Repository, subject: Descriptor, n: number): Promise<Descriptor> =>
  to.manifests.push(
    artifact({ subject, artifactType: type, annotations: { n: `${n}` } }),
    mediaTypes.imageManifest,
  );

test.each([
  ['an API', {}, false],
  ['an API that it does not tell of', { subjectHeader: false }, false],
  ['no API', { referrers: false }, true],
  ['no API, and the claim of one', { referrers: false, subjectHeader: true }, true],
])('with %s a referrer is listed after its push', async (_, capabilities, usesTag) => {
  await using registry = await startRegistry({ capabilities });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);

  const pushed = await attach(own, subject, 1);

  const entry = { ...pushed, artifactType: type, annotations: { n: '1' } };
  expect(await own.referrers.list(subject.digest)).toEqual([entry]);
  expect(registry.tags(repository).includes(fallbackTag(subject.digest))).toBe(usesTag);
});

test.each([{}, { referrers: false }])('referrers are listed by type: %j', async (capabilities) => {
  await using registry = await startRegistry({ capabilities });
  await using client = openClient({ clock: fastClock() });
  const { referrers, ...own } = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  await attach({ referrers, ...own }, subject, 1);

  expect(await referrers.list(subject.digest, { artifactType: type })).toHaveLength(1);
  expect(await referrers.list(subject.digest, { artifactType: 'text/plain' })).toHaveLength(0);
});

test('what the registry did not filter is filtered', async () => {
  await using registry = await startRegistry();
  registry.fail('GET', /referrers/, { after: 1, headers: { 'oci-filters-applied': '' } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  await attach(own, subject, 1);
  const all = registry.requests('GET', /referrers/);
  const body = canonicalBytes({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: [
      { ...subject, artifactType: 'text/plain' },
      { ...subject, artifactType: type },
    ],
  });
  registry.heal();
  registry.fail('GET', /referrers/, {
    body: Buffer.from(body).toString(),
    headers: { 'oci-filters-applied': '' },
  });

  const listed = await own.referrers.list(subject.digest, { artifactType: type });

  expect(all).toHaveLength(1);
  expect(listed.map((entry) => entry.artifactType)).toEqual([type]);
});

test('every page of referrers is read', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  for (let n = 0; n < 5; n += 1) await attach(own, subject, n);

  expect(await own.referrers.list(subject.digest)).toHaveLength(5);
});

test('a later page of referrers that is missing does not end the list', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  for (let n = 0; n < 3; n += 1) await attach(own, subject, n);
  registry.fail('GET', /referrers/, { after: 1, status: 404 });

  await expect(own.referrers.list(subject.digest)).rejects.toMatchObject({ status: 404 });
});

test('a manifest without referrers has none', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });

  expect(await own.referrers.list(seed(registry).digest)).toEqual([]);
});

test('the fallback tag keeps what others wrote there, byte for byte', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  const entry = `{"size": ${subject.size}, "x": 1.50, "digest": "${subject.digest}", "mediaType": "${subject.mediaType}"}`;
  const index = `{"x-theirs": [1e3], "schemaVersion":2, "manifests": [ ${entry} ], "mediaType":"${mediaTypes.imageIndex}"}`;
  registry.seedManifest(repository, index, { tag: fallbackTag(subject.digest) });

  await attach(own, subject, 1);

  const kept = Buffer.from(registry.manifest(repository, fallbackTag(subject.digest))?.bytes ?? []);
  expect(kept.toString()).toContain(`"manifests":[${entry},{`);
  expect(kept.toString()).toContain('"x-theirs":[1e3]');
  expect(await own.referrers.list(subject.digest)).toHaveLength(2);
});

test('referrers pushed at once by one client are all in the fallback tag', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);

  await Promise.all(Array.from({ length: 6 }, (_, n) => attach(own, subject, n)));

  expect(await own.referrers.list(subject.digest)).toHaveLength(6);
});

test('writers of one fallback tag in several processes repair what they lose to each other', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  const subject = seed(registry);
  await using a = openClient();
  await using b = openClient();
  await using c = openClient();

  await Promise.all(
    [a, b, c].map((client, n) =>
      attach(client.repository({ registry: registry.host, repository }), subject, n),
    ),
  );

  const own = a.repository({ registry: registry.host, repository });
  expect(await own.referrers.list(subject.digest)).toHaveLength(3);
});

test('an entry that someone else wrote over meanwhile is put back beside theirs', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
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
});

test('a fallback tag that keeps losing the entry is given up', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  registry.fail('GET', /manifests/, { status: 404, times: 100 });

  const failure = await attach(own, seed(registry), 1).catch((error) => error);

  expect(failure).toMatchObject({ code: 'PROTOCOL' });
  expect(failure.message).toMatch(/^the referrers tag sha256-.* lost sha256:.* 10 times$/);
});

test('a registry that takes the fallback tag for a digest does not pass off the subject as its referrers', async () => {
  await using registry = await startRegistry({
    capabilities: { referrers: false, digestTags: true },
  });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);

  const before = await own.referrers.list(subject.digest);
  await attach(own, subject, 1);

  expect(before).toEqual([]);
  expect(await own.referrers.list(subject.digest)).toHaveLength(1);
});

test('something else at the fallback tag is not overwritten', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  const other = artifact({ annotations: { other: 'yes' } });
  const { digest } = registry.seedManifest(repository, other, { tag: fallbackTag(subject.digest) });

  await expect(attach(own, subject, 1)).rejects.toMatchObject({ code: 'PROTOCOL' });

  expect(registry.manifest(repository, fallbackTag(subject.digest))?.digest).toBe(digest);
});
