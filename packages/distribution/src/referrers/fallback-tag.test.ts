import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { fallbackTag } from './fallback-tag.ts';
import { attach, repository, seed } from './test-kit/attach.ts';

test('a fallback tag has the algorithm and at most 64 digits', () => {
  expect(fallbackTag(digestOf('x'))).toMatch(/^sha256-[0-9a-f]{64}$/);
  expect(fallbackTag(digestOf('x', 'sha512'))).toMatch(/^sha512-[0-9a-f]{64}$/);
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
