import { mediaTypes } from '@oci-matrix/oci';
import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { copy, seedIndex, signatureOf } from './test-kit/copies.ts';
import { seedArtifact, seedImage } from './test-kit/seeds.ts';

test('F27: what refers to an image comes along, of whatever type, and what refers to that', async () => {
  await using source = await startRegistry();
  await using target = await startRegistry({ capabilities: { requireSubject: true } });
  const { images, index } = seedIndex(source);
  const sbom = signatureOf(source, images[0], 'sbom');
  const notation = signatureOf(source, index, 'notation');
  const signed = signatureOf(source, sbom, 'signature');

  await copy(source, target, { tag: '1.0' });

  const all = [...images, index, sbom, notation, signed].map(({ digest }) => digest);
  expect(target.manifests('acme/copy').toSorted()).toEqual(all.toSorted());
});

test('F27: it does so where registries know no referrers but by their fallback tag', async () => {
  const capabilities = { referrers: false };
  await using source = await startRegistry({ capabilities });
  await using target = await startRegistry({ capabilities });
  const image = seedImage(source, 'linux/amd64', { tag: '1.0' });
  const sbom = signatureOf(source, image, 'sbom');
  const fallback = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests: [sbom] };
  source.seedManifest('octo/app', fallback, { tag: image.digest.replace(':', '-') });

  await copy(source, target, { tag: '1.0' });

  expect(target.manifests('acme/copy')).toContain(sbom.digest);
  expect(target.tags('acme/copy')).toContain(image.digest.replace(':', '-'));
});

test('what the registry lists and does not refer to the image stays behind', async () => {
  const capabilities = { referrers: false };
  await using source = await startRegistry({ capabilities });
  const image = seedImage(source, 'linux/amd64', { tag: '1.0' });
  const stray = seedArtifact(source, 'stray');
  const manifests = [stray, { ...stray, digest: `sha256:${'0'.repeat(64)}` }];
  const fallback = { schemaVersion: 2, mediaType: mediaTypes.imageIndex, manifests };
  source.seedManifest('octo/app', fallback, { tag: image.digest.replace(':', '-') });

  const plan = await copy(source, source, { tag: '1.0' });

  expect(plan.manifests.map(({ descriptor }) => descriptor.digest)).toEqual([image.digest]);
});

test('without its referrers an image is copied alone', async () => {
  await using source = await startRegistry();
  const image = seedImage(source, 'linux/amd64', { tag: '1.0' });
  signatureOf(source, image, 'signature');

  const plan = await copy(source, source, { tag: '1.0', referrers: false });

  expect(plan.manifests).toHaveLength(1);
});
