import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openClient } from '@oci-matrix/distribution';
import { parseReference } from '@oci-matrix/oci';
import { type Registry, startRegistry, temporaryDirectory } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { layersMetaText } from '../../layers-meta/layers-meta.ts';
import { repositoryName, seedImage } from '../../test-kit/seeds.ts';
import { type GatherFitOptions, gatherFit } from './gather-fit.ts';
import { blob, metaOf, sample } from './test-app.ts';

const imageAt = ({ host }: Registry, tag: string) =>
  parseReference(`${host}/${repositoryName}:${tag}`);

async function gather(options: Partial<GatherFitOptions>) {
  await using client = openClient({ retry: { attempts: 1 } });
  return await gatherFit({
    ...{ files: [], images: [], cleanUp: [], architecture: 'arm64', client },
    installed: { digests: [], images: [] },
    ...options,
  });
}

test('each image is read once, whatever it is named for', async () => {
  await using registry = await startRegistry();
  seedImage(registry, 'linux/arm64', { tag: 'old' });
  const old = imageAt(registry, 'old');

  await gather({ images: [old, old], installed: { digests: [], images: [old] }, cleanUp: [old] });

  const manifests = registry.requests('GET').filter(({ path }) => path.includes('/manifests/old'));
  expect(manifests).toHaveLength(1);
});

test('an image that is installed is there with its layers, its config and its manifest', async () => {
  await using registry = await startRegistry();
  const { digest } = seedImage(registry, 'linux/arm64', { tag: 'old' });
  const old = imageAt(registry, 'old');

  const { installed, apps } = await gather({
    images: [old],
    installed: { digests: [blob('x')], images: [old] },
  });

  expect(installed.digests.size).toBe(4);
  expect(installed.digests).toContain(blob('x'));
  expect(installed.digests).toContain(digest);
  expect(installed.digests).toContain(apps[0]?.layers?.[0]?.digest);
});

test('what stays installed keeps its layers from a clean-up, and what goes does not', async () => {
  await using registry = await startRegistry();
  seedImage(registry, 'linux/arm64', { tag: 'old', text: 'old' });
  seedImage(registry, 'linux/arm64', { tag: 'kept', text: 'kept' });
  const [old, kept] = [imageAt(registry, 'old'), imageAt(registry, 'kept')];
  const installed = { digests: [blob('x')], images: [old, kept] };

  const { cleanUp } = await gather({ images: [kept], installed, cleanUp: [old] });

  const [gone] = cleanUp?.images ?? [];
  expect(gone?.name).toMatch(/:old$/);
  expect(cleanUp?.kept.has(gone?.layers?.[0]?.digest ?? blob('x'))).toBe(false);
  expect(cleanUp?.kept.size).toBe(3);
});

test('files are read, each an App of its own', async () => {
  await using folder = await temporaryDirectory('files');
  const file = join(folder.path, 'meta.json');
  await writeFile(file, layersMetaText(metaOf(sample)));

  const { apps, cleanUp } = await gather({ files: [file] });

  expect(apps).toEqual([{ name: file, document: metaOf(sample) }]);
  expect(cleanUp).toBeUndefined();
});

test('a file that is too large is not read', async () => {
  await using folder = await temporaryDirectory('files');
  const file = join(folder.path, 'meta.json');
  await writeFile(file, Buffer.alloc(4 * 1024 * 1024 + 1));

  await expect(gather({ files: [file] })).rejects.toMatchObject({
    code: 'LAYERS_META_INVALID',
    message: expect.stringMatching(/has 4194305 bytes, at most 4194304 go$/),
  });
});
