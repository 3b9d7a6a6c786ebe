import { openClient, type Repository } from '@oci-matrix/distribution';
import { type Descriptor, mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { copyImage } from './copy-image.ts';
import { attestationFor } from './test-kit/records.ts';
import { repositoryName, seedArtifact, seedImage } from './test-kit/seeds.ts';

interface Two extends AsyncDisposable {
  readonly from: Repository;
  readonly to: Repository;
}

function openTwo(source: Registry, target: Registry, repository = 'octo/copy'): Two {
  const client = openClient({ retry: { attempts: 1 } });
  return {
    from: client.repository({ registry: source.host, repository: repositoryName }),
    to: client.repository({ registry: target.host, repository }, { writes: true }),
    [Symbol.asyncDispose]: () => client.close(),
  };
}

/** An index with white space of its own, two images that share a layer, and an attestation. */
function seedIndex(registry: Registry): Descriptor {
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  const { platform, annotations } = attestationFor(arm64);
  const attestation = { ...seedArtifact(registry, 'sbom'), platform, annotations };
  const manifests = [amd64, arm64, attestation];
  const text = JSON.stringify({ schemaVersion: 2, 'x-kept': 1e3, manifests }, null, 3);
  return registry.seedManifest(repositoryName, text, { mediaType: mediaTypes.imageIndex });
}

const bytesAt = (registry: Registry, repository: string, digest: string) =>
  Buffer.from(registry.manifest(repository, digest)?.bytes ?? []).toString();

test('an index is copied to another registry with all that it names, byte for byte', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  await using two = openTwo(source, target);
  const descriptor = seedIndex(source);

  await copyImage({ ...two, descriptor, sameRegistry: false });

  expect(bytesAt(target, 'octo/copy', descriptor.digest)).toBe(
    bytesAt(source, repositoryName, descriptor.digest),
  );
  expect(new Set(target.manifests('octo/copy'))).toEqual(new Set(source.manifests(repositoryName)));
  expect(new Set(target.blobs('octo/copy'))).toEqual(new Set(source.blobs(repositoryName)));
  expect(target.tags('octo/copy')).toEqual([]);
});

test('in one registry blobs are mounted, and none is read', async () => {
  await using registry = await startRegistry();
  await using two = openTwo(registry, registry);
  const descriptor = seedIndex(registry);

  await copyImage({ ...two, descriptor, sameRegistry: true });

  expect(new Set(registry.blobs('octo/copy'))).toEqual(new Set(registry.blobs(repositoryName)));
  expect(registry.requests('GET', /\/blobs\//)).toEqual([]);
  expect(registry.requests('PUT', /\/uploads\//)).toEqual([]);
});

test('what the target has is not read', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  await using two = openTwo(source, target);
  const image = seedImage(source, 'linux/amd64');
  for (const digest of source.blobs(repositoryName)) {
    target.seedBlob('octo/copy', source.blob(repositoryName, digest) ?? '');
  }

  await copyImage({ ...two, descriptor: image, sameRegistry: false });
  const first = source.requests('GET', /\/blobs\//);
  source.clearRequests();
  await copyImage({ ...two, descriptor: image, sameRegistry: false });

  expect(first).toEqual([]);
  expect(source.requests('GET', /\/manifests\//)).toEqual([]);
});

test('F27: whatever refers to an image goes with it, of any type, and what refers to that', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  await using two = openTwo(source, target);
  const image = seedImage(source, 'linux/amd64');
  const refer = (text: string, artifactType: string, subject: Descriptor): Descriptor => {
    const layer = source.seedBlob(repositoryName, text);
    const config = { ...source.seedBlob(repositoryName, '{}'), mediaType: mediaTypes.empty };
    const { mediaType, digest, size } = subject;
    const of = { mediaType, digest, size };
    const document = { schemaVersion: 2, mediaType: mediaTypes.imageManifest, artifactType };
    return source.seedManifest(repositoryName, {
      ...document,
      config,
      layers: [layer],
      subject: of,
    });
  };
  const notation = refer('signature', 'application/vnd.cncf.notary.signature', image);
  const sbom = refer('sbom', 'application/spdx+json', image);
  const signed = refer('signature of sbom', 'application/vnd.dev.sigstore.bundle.v0.3+json', sbom);

  await copyImage({ ...two, descriptor: image, sameRegistry: false });

  expect(target.manifests('octo/copy')).toEqual(
    expect.arrayContaining([notation, sbom, signed].map(({ digest }) => digest)),
  );
  const listed = await two.to.referrers.list(image.digest);
  expect(listed.map(({ artifactType }) => artifactType).toSorted()).toEqual([
    'application/spdx+json',
    'application/vnd.cncf.notary.signature',
  ]);
});

test('referrers stay behind where that is wanted', async () => {
  await using registry = await startRegistry();
  await using two = openTwo(registry, registry);
  const image = seedImage(registry, 'linux/amd64');

  await copyImage({ ...two, descriptor: image, sameRegistry: true, referrers: false });

  expect(registry.requests('GET', /referrers/)).toEqual([]);
});

test('a manifest that is not there is an error that names it, and nothing is written', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  await using two = openTwo(source, target);
  const image = seedImage(source, 'linux/amd64');
  source.deleteManifest(repositoryName, image.digest);

  const copying = copyImage({ ...two, descriptor: image, sameRegistry: false });

  await expect(copying).rejects.toMatchObject({
    code: 'CHILD_MISSING',
    message: expect.stringContaining(image.digest),
  });
  expect(target.repositories()).toEqual([]);
});

test('a blob that is not what it should be is not copied, and the manifest neither', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry();
  await using two = openTwo(source, target);
  const image = seedImage(source, 'linux/amd64');
  source.fail('GET', /\/blobs\//, { corrupt: true, times: 9 });

  const copying = copyImage({ ...two, descriptor: image, sameRegistry: false });

  await expect(copying).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  expect(target.manifests('octo/copy')).toEqual([]);
});
