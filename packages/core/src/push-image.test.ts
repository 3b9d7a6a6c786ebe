import { mediaTypes } from '@oci-matrix/oci';
import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { countPushed } from './count-pushed.ts';
import type { ImagePlan } from './image-plan.ts';
import { planArtifact } from './plan-artifact.ts';
import { planLayout } from './plan-layout.ts';
import { type PushedBlob, pushBlobs } from './push-blobs.ts';
import { pushImage } from './push-image.ts';
import { blobOf } from './test-kit/blobs.ts';
import { layoutOf, testLayout } from './test-kit/layout.ts';
import { openRepository } from './test-kit/test-repository.ts';

const type = 'application/vnd.example';
const [one, two] = [blobOf('one', type, 'one'), blobOf('second', type, 'two')];

async function push(registry: Registry, plan: ImagePlan, tags: readonly string[] = []) {
  await using opened = openRepository(registry.host);
  return await pushImage({ repository: opened.repository, plan, tags });
}

const puts = (registry: Registry) =>
  registry.requests('PUT', /manifests/).map(({ path }) => path.replace(/.*manifests\//, ''));

test('what is missing is uploaded, what is there is left alone, and both are counted', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  registry.seedBlob('octo/app', 'one');
  const told: PushedBlob[] = [];

  const pushed = await pushBlobs({
    repository: opened.repository,
    blobs: [one, two],
    onPushed: (blob) => void told.push(blob),
  });

  expect(pushed.map(({ outcome }) => outcome)).toEqual(['present', 'uploaded']);
  expect(countPushed(pushed)).toEqual({ uploaded: 1, present: 1, bytesUploaded: 6 });
  expect(told).toHaveLength(2);
  expect(registry.requests('POST')).toHaveLength(1);
});

test('two files with the same content are uploaded once', async () => {
  await using registry = await startRegistry();
  const plan = planArtifact({ blobs: [one, blobOf('one', type, 'same')], present: [] });

  const pushed = await push(registry, plan);

  expect(pushed.map(({ outcome }) => outcome)).toEqual(['uploaded', 'uploaded']);
  expect(registry.requests('POST', /uploads/)).toHaveLength(2);
  expect(registry.manifest('octo/app', plan.root.digest)?.bytes).toBeDefined();
});

test('blobs go before manifests, children before parents, and tags last', async () => {
  await using registry = await startRegistry();
  const layout = testLayout();
  const images = ['linux/amd64', 'linux/arm64'].map((name) => layout.image(name));
  const index = layout.index(...images);
  const plan = await planLayout(layoutOf(layout.finish([index])), undefined);

  await push(registry, plan, ['1', '2']);

  expect(puts(registry)).toEqual([
    ...images.map(({ digest }) => digest),
    `${index.digest}?tag=1&tag=2`,
  ]);
  const written = registry.requests('PUT').map(({ path }) => /manifests/.test(path));
  expect(written).toEqual(written.toSorted());
});

test('attestations beside an image are there before its tag', async () => {
  await using registry = await startRegistry();
  const layout = testLayout();
  const image = layout.image('linux/amd64');
  const attestation = layout.attestation(image);
  const plan = await planLayout(layoutOf(layout.finish([image, attestation])), undefined);

  await push(registry, plan, ['1']);

  expect(puts(registry)).toEqual([image.digest, attestation.digest, '1']);
});

test('a repeat writes nothing, also where tags are immutable', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  const plan = planArtifact({ blobs: [one, two], present: [] });
  await push(registry, plan, ['1']);
  registry.clearRequests();

  const again = await push(registry, plan, ['1']);

  expect(countPushed(again)).toEqual({ uploaded: 0, present: 3, bytesUploaded: 0 });
  expect([...registry.requests('PUT'), ...registry.requests('POST')]).toEqual([]);
});

test('a tag that names something else moves, though the manifest is there', async () => {
  await using registry = await startRegistry();
  const plan = planArtifact({ blobs: [one], present: [] });
  await push(registry, planArtifact({ blobs: [two], present: [] }), ['1']);
  await push(registry, plan);

  await push(registry, plan, ['1']);

  expect(registry.manifest('octo/app', '1')?.digest).toBe(plan.root.digest);
});

test('descriptors of blobs that are there need no upload', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', 'one');
  const plan = planArtifact({ blobs: [two], present: [one.descriptor] });

  const pushed = await push(registry, plan);

  expect(countPushed(pushed)).toMatchObject({ uploaded: 2, present: 1 });
});

test('descriptors of blobs that are not there are refused before any upload', async () => {
  await using registry = await startRegistry();
  const plan = planArtifact({ blobs: [two], present: [one.descriptor] });

  await expect(push(registry, plan, ['1'])).rejects.toMatchObject({
    code: 'BLOB_UNKNOWN',
    message: `1 of the descriptors name blobs that ${registry.host}/octo/app does not have: ${one.descriptor.digest}`,
  });
  expect([...registry.requests('PUT'), ...registry.requests('POST')]).toEqual([]);
});

test('a registry that refuses a blob gets no manifest', async () => {
  await using registry = await startRegistry();
  registry.fail('POST', /uploads/, { status: 403, code: 'DENIED', times: 9 });

  await expect(
    push(registry, planArtifact({ blobs: [one], present: [] }), ['1']),
  ).rejects.toMatchObject({ code: 'DENIED' });
  expect(registry.manifests('octo/app')).toEqual([]);
});

test('the media type of a manifest is the one that it was made with', async () => {
  await using registry = await startRegistry();
  const plan = planArtifact({ blobs: [one], present: [] });

  await push(registry, plan, ['1']);

  expect(registry.manifest('octo/app', '1')?.mediaType).toBe(mediaTypes.imageManifest);
});
