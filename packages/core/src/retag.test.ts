import { mediaTypes } from '@oci-matrix/oci';
import { type Registry, type RegistryOptions, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { retag } from './retag.ts';
import { repositoryName, seedArtifact, seedImage } from './test-kit/seeds.ts';
import { openRepository } from './test-kit/test-repository.ts';

async function tagAgain(registry: Registry, source: string, ...tags: string[]) {
  await using opened = openRepository(registry.host);
  return await retag({ repository: opened.repository, source, tags });
}

const textAt = (registry: Registry, tag: string) =>
  Buffer.from(registry.manifest(repositoryName, tag)?.bytes ?? []).toString();

test.each(['an index', 'an image', 'an artifact', 'a Docker list'])(
  'A9: retag copies the exact bytes of %s',
  async (what) => {
    await using registry = await startRegistry();
    const image = seedImage(registry, 'linux/amd64');
    const list = {
      'a Docker list': mediaTypes.dockerManifestList,
      'an index': mediaTypes.imageIndex,
    }[what];
    const text = JSON.stringify({ schemaVersion: 2, mediaType: list, manifests: [image] }, null, 5);
    if (list) registry.seedManifest(repositoryName, text, { tag: '1.0', mediaType: list });
    if (what === 'an image') seedImage(registry, 'linux/amd64', { tag: '1.0' });
    if (what === 'an artifact') seedArtifact(registry, 'disk', {}, { tag: '1.0' });

    const { descriptor, tags } = await tagAgain(registry, '1.0', 'latest', '1');

    expect([textAt(registry, 'latest'), textAt(registry, '1')]).toEqual(
      Array(2).fill(textAt(registry, '1.0')),
    );
    expect(registry.manifest(repositoryName, 'latest')).toMatchObject({
      digest: descriptor.digest,
      mediaType: descriptor.mediaType,
    });
    expect(tags.map(({ moved }) => moved)).toEqual([true, true]);
  },
);

test('equal is success, and nothing is written', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/amd64', { tag: '1.0' });
  await tagAgain(registry, '1.0', 'latest');
  registry.clearRequests();

  const { tags } = await tagAgain(registry, digest, '1.0', 'latest');

  expect(tags).toEqual([
    { tag: '1.0', previous: digest, moved: false },
    { tag: 'latest', previous: digest, moved: false },
  ]);
  expect(registry.requests('PUT')).toEqual([]);
});

const immutable: RegistryOptions = { capabilities: { immutableTags: true } };

test('F19: where tags are immutable equal is success, and different names both digests', async () => {
  await using registry = await startRegistry(immutable);
  const next = seedImage(registry, 'linux/amd64', { tag: '1.1', text: 'next' });
  const old = seedImage(registry, 'linux/amd64', { tag: '1.0' });

  await tagAgain(registry, '1.0', '1.0');
  const failure = await tagAgain(registry, '1.1', '1.0').catch((error: unknown) => error);

  expect(failure).toMatchObject({ code: 'TAG_IMMUTABLE' });
  expect(String(failure)).toContain(old.digest);
  expect(String(failure)).toContain(next.digest);
  expect(registry.manifest(repositoryName, '1.0')?.digest).toBe(old.digest);
});

test.each([401, 403, 429, 500, 503])(
  'R6: a source that is answered with %d is not taken for absent, and no tag moves',
  async (status) => {
    await using registry = await startRegistry();
    seedImage(registry, 'linux/amd64', { tag: '1.0' });
    registry.fail('*', /manifests/, { status, times: 9 });

    const failure = await tagAgain(registry, '1.0', 'latest').catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toMatchObject({ code: 'MANIFEST_UNKNOWN' });
    expect(registry.tags(repositoryName)).toEqual(['1.0']);
  },
);
