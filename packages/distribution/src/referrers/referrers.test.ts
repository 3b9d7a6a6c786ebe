import { canonicalBytes, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { fallbackTag } from './fallback-tag.ts';
import { attach, repository, seed, type } from './test-kit/attach.ts';

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
