import { type Descriptor, digestOf, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { pushedBy, recordsOf } from './test-kit/records.ts';
import { repositoryName, seedArtifact } from './test-kit/seeds.ts';
import { failure, update } from './test-kit/update.ts';

const identity = ['platform', 'annotations.cname'];
const platform = { os: 'gardenlinux', architecture: 'amd64', 'os.version': '1877.3' };

const foreign = (at: number, more = ''): Descriptor => ({
  mediaType: mediaTypes.imageManifest,
  digest: digestOf(`foreign ${at}`),
  size: 1000 + at,
  annotations: { cname: `flavor-${at}${more}` },
  platform,
});

function seedForeign(registry: Registry, count: number, more?: string): void {
  const manifests = Array.from({ length: count }, (_, at) => foreign(at, more));
  registry.seedManifest(repositoryName, { schemaVersion: 2, manifests }, { tag: '1.0' });
}

const requestsOf = (registry: Registry) => registry.requests().map(({ method }) => method);

test('an index of 10,000 entries is one GET and one PUT, with a look at each new entry and one at the tag', async () => {
  await using registry = await startRegistry({ capabilities: { checkManifestContent: false } });
  seedForeign(registry, 9_999);
  const disk = seedArtifact(registry, 'disk', { platform, annotations: { cname: 'ours' } });
  const start = performance.now();

  const updated = await update(registry, { records: recordsOf(pushedBy('a', disk)), identity });

  expect(updated.entries).toHaveLength(10_000);
  expect(requestsOf(registry).filter((method) => method !== 'HEAD')).toEqual(['GET', 'PUT']);
  expect(registry.requests('HEAD', /manifests\/sha256/)).toHaveLength(1);
  expect(registry.requests('HEAD', /manifests\/1\.0/).length).toBeLessThanOrEqual(2);
  expect(performance.now() - start).toBeLessThan(10_000);
});

test('images for 10,000 platforms are resolved in no time either', async () => {
  await using registry = await startRegistry({ capabilities: { checkManifestContent: false } });
  const manifests = Array.from({ length: 10_000 }, (_, at) => ({
    ...foreign(at),
    platform: { os: 'windows', architecture: 'amd64', 'os.version': `10.0.${at}.1` },
  }));
  registry.seedManifest(repositoryName, { schemaVersion: 2, manifests }, { tag: '1.0' });
  const disk = seedArtifact(registry, 'disk', { platform, annotations: { cname: 'ours' } });
  const start = performance.now();

  await update(registry, { records: recordsOf(pushedBy('a', disk)), identity });

  expect(performance.now() - start).toBeLessThan(10_000);
});

test('an index that no registry would take is refused before anything is written', async () => {
  await using registry = await startRegistry({ capabilities: { checkManifestContent: false } });
  seedForeign(registry, 10_000, 'x'.repeat(200));
  const disk = seedArtifact(registry, 'disk', { platform, annotations: { cname: 'ours' } });

  const failed = await failure(registry, { records: recordsOf(pushedBy('a', disk)), identity });

  expect(failed).toMatchObject({
    code: 'INDEX_TOO_LARGE',
    message: expect.stringMatching(/^the index of 10001 entries would have 4\d{6} bytes, and/),
  });
  expect(requestsOf(registry)).toEqual(['GET']);
});
