import { mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { type Document, describeBytes, encode, freshBytes, indexOf } from './content.ts';
import { codesOf, expectStored } from './expectations.ts';
import { artifactIn, imageIn } from './images.ts';
import { pushManifest, pushTag, putManifest } from './push.ts';
import { newRepository, type Repository } from './repository.ts';
import type { Target } from './target.ts';

/** The kinds of index that image-spec v1.1.1, image-index.md, allows. */
const kinds: readonly [string, (repository: Repository) => Promise<Document>][] = [
  ['an index of two platforms', twoPlatforms],
  [
    'an index of an index',
    async (repository) => indexOf([await pushManifest(repository, await twoPlatforms(repository))]),
  ],
  [
    'an index with an artifactType',
    async (repository) => {
      const artifactType = 'application/vnd.example.bundle.v1';
      const artifact = await pushManifest(repository, await artifactIn(repository, artifactType));
      return indexOf([{ ...artifact, artifactType }], { artifactType });
    },
  ],
  ['an index without entries', async () => indexOf([])],
  [
    'an index with fields that no specification has',
    async (repository) => {
      const image = await pushManifest(repository, await imageIn(repository));
      const entry = { ...image, 'org.example.seen': [true] };
      return indexOf([entry], { annotations: { a: 'b' }, 'org.example.extra': { deep: null } });
    },
  ],
];

export function indexCases(target: Target): void {
  test.each(kinds)('%s is pushed by digest, and pulled as it was', async (_, make) => {
    const repository = newRepository(target);
    const index = await make(repository);

    const { digest } = await pushManifest(repository, index);

    const path = `manifests/${digest}`;
    const pulled = await expectStored(repository, path, encode(index), digest);
    expect(pulled.headers.get('content-type')).toBe(mediaTypes.imageIndex);
  });

  test('an index at a tag is pulled as an index', async () => {
    const repository = newRepository(target);
    const index = await twoPlatforms(repository);

    const pushed = await pushTag(repository, 'latest', index);

    const digest = pushed.headers.get('docker-content-digest') ?? '';
    const pulled = await expectStored(repository, 'manifests/latest', encode(index), digest);
    expect(pulled.headers.get('content-type')).toBe(mediaTypes.imageIndex);
  });

  test('an index of a missing manifest is taken, or refused with MANIFEST_BLOB_UNKNOWN', async () => {
    const repository = newRepository(target);
    await pushManifest(repository, await imageIn(repository));
    const absent = describeBytes(repository, freshBytes(100), mediaTypes.imageManifest);
    const index = indexOf([absent]);

    const pushed = await putManifest(repository, 'latest', index, encode(index));

    const refused = pushed.status === 201 ? [] : codesOf(pushed);
    expect([201, 400, 404]).toContain(pushed.status);
    expect(refused.every((code) => code === 'MANIFEST_BLOB_UNKNOWN')).toBe(true);
  });
}

async function twoPlatforms(repository: Repository): Promise<Document> {
  const [amd64, arm64] = [await imageIn(repository), await imageIn(repository)];
  return indexOf([
    {
      ...(await pushManifest(repository, amd64)),
      platform: { os: 'linux', architecture: 'amd64' },
    },
    {
      ...(await pushManifest(repository, arm64)),
      platform: { os: 'linux', architecture: 'arm64', variant: 'v8', 'os.features': ['sve'] },
    },
  ]);
}
