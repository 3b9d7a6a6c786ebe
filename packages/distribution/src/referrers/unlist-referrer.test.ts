import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { openClient } from '../client.ts';
import { artifact } from '../test-kit/content.ts';
import { fastClock } from '../test-kit/fast-clock.ts';
import { fallbackTag } from './fallback-tag.ts';
import { attach, repository, seed } from './test-kit/attach.ts';

test.each([{}, { referrers: false }])(
  'a referrer that is deleted is no longer listed: %j',
  async (capabilities) => {
    await using registry = await startRegistry({ capabilities });
    await using client = openClient({ clock: fastClock() });
    const own = client.repository({ registry: registry.host, repository });
    const subject = seed(registry);
    const [first, second] = [await attach(own, subject, 1), await attach(own, subject, 2)];

    await own.manifests.delete(first.digest);

    const listed = await own.referrers.list(subject.digest);
    expect(listed.map(({ digest }) => digest)).toEqual([second.digest]);
    expect(registry.manifest(repository, first.digest)).toBeUndefined();
  },
);

test('what others wrote beside it stays, byte for byte', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  const { digest } = registry.seedManifest(repository, artifact({ subject }));
  const entry = (of: string): string =>
    `{"size": 1e2, "x": 1.50, "digest": "${of}", "mediaType": "${mediaTypes.imageManifest}"}`;
  const index = `{"x-theirs":[1e3],"schemaVersion":2,"manifests": [${entry(digest)}, ${entry(subject.digest)}],"mediaType":"${mediaTypes.imageIndex}"}`;
  registry.seedManifest(repository, index, { tag: fallbackTag(subject.digest) });

  await own.manifests.delete(digest);

  const kept = Buffer.from(registry.manifest(repository, fallbackTag(subject.digest))?.bytes ?? []);
  expect(kept.toString()).toBe(
    `{"x-theirs":[1e3],"schemaVersion":2,"manifests":[${entry(subject.digest)}],"mediaType":"${mediaTypes.imageIndex}"}`,
  );
});

test('a referrer that the registry does not delete stays listed', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false, delete: false } });
  await using client = openClient({ clock: fastClock() });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  const pushed = await attach(own, subject, 1);

  await expect(own.manifests.delete(pushed.digest)).rejects.toMatchObject({ code: 'UNSUPPORTED' });

  const listed = await own.referrers.list(subject.digest);
  expect(listed.map(({ digest }) => digest)).toEqual([pushed.digest]);
});

test('a deletion that broke off is ended by a repeat', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });
  await using client = openClient({ clock: fastClock(), retry: { attempts: 1 } });
  const own = client.repository({ registry: registry.host, repository });
  const subject = seed(registry);
  const pushed = await attach(own, subject, 1);
  registry.fail('DELETE', /manifests/, { reset: 'before' });
  await expect(own.manifests.delete(pushed.digest)).rejects.toMatchObject({ code: 'TRANSPORT' });

  await own.manifests.delete(pushed.digest);

  expect(await own.referrers.list(subject.digest)).toEqual([]);
  expect(registry.manifest(repository, pushed.digest)).toBeUndefined();
});

test('a manifest that nobody can read can be deleted', async () => {
  await using registry = await startRegistry();
  await using client = openClient();
  const own = client.repository({ registry: registry.host, repository });
  const { digest } = registry.seedManifest(repository, 'no manifest');

  await own.manifests.delete(digest);

  expect(registry.manifests(repository)).toEqual([]);
});
