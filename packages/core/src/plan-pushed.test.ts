import { type Descriptor, digestOf, mediaTypes, parsePlatform } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { planPushed } from './plan-pushed.ts';
import { attestationFor } from './test-kit/records.ts';
import { seedArtifact, seedImage } from './test-kit/seeds.ts';
import { openRepository } from './test-kit/test-repository.ts';

async function plan(registry: Registry, { digest }: Pick<Descriptor, 'digest'>, platform?: string) {
  await using opened = openRepository(registry.host);
  return await planPushed(
    opened.repository,
    digest,
    platform ? parsePlatform(platform) : undefined,
  );
}

const seedIndex = (registry: Registry, ...manifests: readonly object[]) =>
  registry.seedManifest('octo/app', { schemaVersion: 2, manifests });

test('an image has the platform of its config, and nothing to upload', async () => {
  await using registry = await startRegistry();
  const image = seedImage(registry, 'linux/arm64');

  expect(await plan(registry, image)).toMatchObject({ root: image, blobs: [], present: [] });
});

test('an artifact has its artifact type, and the platform that was given', async () => {
  await using registry = await startRegistry();
  const disk = seedArtifact(registry, 'disk');

  const { root } = await plan(registry, disk, 'gardenlinux/amd64');

  expect(root).toEqual({ ...disk, platform: { os: 'gardenlinux', architecture: 'amd64' } });
});

test('an index gives its entries, those without a platform that of their config', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const { platform: _, ...bare } = arm64;
  const annotations = { k: 'v' };
  const index = seedIndex(registry, amd64, { ...bare, annotations }, attestationFor(amd64));

  const planned = await plan(registry, index);

  expect(planned.root).toEqual({ ...index, mediaType: mediaTypes.imageIndex });
  expect(planned.children).toEqual([amd64, { ...arm64, annotations }, attestationFor(amd64)]);
});

test('an index within an index gives its images, however often it is named', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const inner = seedIndex(registry, amd64, arm64);
  const nested = { ...inner, mediaType: mediaTypes.imageIndex };
  const outer = seedIndex(registry, ...Array.from({ length: 50 }, () => nested));
  registry.clearRequests();

  expect((await plan(registry, outer)).children).toEqual([amd64, arm64]);
  expect(registry.requests('GET', /manifests/)).toHaveLength(2);
});

test('of an index the image for a platform can be meant, with what speaks of it', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const all = [amd64, arm64, attestationFor(amd64), attestationFor(arm64)];
  const index = seedIndex(registry, ...all);

  expect((await plan(registry, index, 'linux/arm64')).children).toEqual([all[1], all[3]]);
  await expect(plan(registry, index, 'linux/s390x')).rejects.toMatchObject({
    code: 'PLATFORM_MISMATCH',
    message:
      'the platform given is linux/s390x, but the index has images for linux/amd64, linux/arm64',
  });
});

test('an image for another platform than was given is refused', async () => {
  await using registry = await startRegistry();

  await expect(
    plan(registry, seedImage(registry, 'linux/arm64'), 'linux/amd64'),
  ).rejects.toMatchObject({ code: 'PLATFORM_MISMATCH' });
});

test('an unknown digest is an error that names it', async () => {
  await using registry = await startRegistry();
  const digest = digestOf('none');

  await expect(plan(registry, { digest })).rejects.toMatchObject({
    code: 'MANIFEST_UNKNOWN',
    message: `${registry.host}/octo/app has no manifest ${digest}`,
  });
});

test('an entry that the repository does not have is an error, where it must be looked at', async () => {
  await using registry = await startRegistry();
  const { platform: _, ...bare } = seedImage(registry, 'linux/arm64');
  const index = seedIndex(registry, bare);
  registry.deleteManifest('octo/app', bare.digest);

  await expect(plan(registry, index)).rejects.toMatchObject({ code: 'MANIFEST_UNKNOWN' });
});
