import { canonicalBytes } from '@oci-matrix/oci';
import { type Capabilities, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { countPushed } from './count-pushed.ts';
import type { ImagePlan } from './image-plan.ts';
import { planArtifact } from './plan-artifact.ts';
import { pushBlobs } from './push-blobs.ts';
import { pushImage } from './push-image.ts';
import { blobOf } from './test-kit/blobs.ts';
import { openRepository } from './test-kit/test-repository.ts';
import { writeTags } from './write-tags.ts';

const type = 'application/vnd.example';
const blobs = Array.from({ length: 8 }, (_, at) => blobOf(`layer ${at}`, type, `${at}`));
// Nine blobs, with the config.
const plan = planArtifact({ blobs, present: [] });

async function push({ host }: Registry, what: ImagePlan = plan) {
  await using opened = openRepository(host);
  return await pushImage({ repository: opened.repository, plan: what });
}

const count = (registry: Registry, method?: string) => registry.requests(method).length;

const start = (capabilities: Partial<Capabilities> = {}) => startRegistry({ capabilities });

test.each([
  [{ singlePost: true }, 11],
  [{ singlePost: false }, 20],
])('eight layers of a new repository, with %j, are %d requests', async (capabilities, expected) => {
  await using registry = await start(capabilities);

  await push(registry);

  expect(count(registry)).toBe(expected);
  expect(count(registry, 'HEAD')).toBe(0);
});

test('eight layers of a repository with other images are one HEAD and one POST each', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', 'other');

  await push(registry);

  expect(count(registry)).toBe(20);
  expect([count(registry, 'GET'), count(registry, 'HEAD'), count(registry, 'POST')]).toEqual([
    ...[1, 9, 9],
  ]);
});

test('the same image again is one request', async () => {
  await using registry = await startRegistry();
  await push(registry);
  registry.clearRequests();

  await push(registry);

  expect(count(registry)).toBe(1);
});

test.each([
  [3, { absent: 3 + 3, there: 3 + 3 }],
  [8, { absent: 2 + 8, there: 9 + 8 }],
])('%d blobs of an absent repository are looked for no more than pays', async (many, expected) => {
  await using absent = await startRegistry();
  await using there = await startRegistry();
  there.seedBlob('octo/app', 'other');

  for (const registry of [absent, there]) {
    await using opened = openRepository(registry.host);
    await pushBlobs({ repository: opened.repository, blobs: blobs.slice(0, many) });
  }

  expect({ absent: count(absent), there: count(there) }).toEqual(expected);
  expect(absent.blobs('octo/app')).toHaveLength(many);
});

test('where the first blob is there nothing else is asked, and it is not asked again', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', 'layer 0');
  await using opened = openRepository(registry.host);

  const pushed = await pushBlobs({ repository: opened.repository, blobs });

  expect(countPushed(pushed)).toMatchObject({ uploaded: 7, present: 1 });
  expect([count(registry, 'GET'), count(registry, 'HEAD')]).toEqual([0, 8]);
});

test('blobs of another repository are mounted from where they may be', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/base', 'layer 0');
  await using opened = openRepository(registry.host);

  const pushed = await pushBlobs({
    ...{ repository: opened.repository, blobs: blobs.slice(0, 2), mountFrom: ['octo/base'] },
  });

  expect(pushed.map(({ outcome }) => outcome)).toEqual(['mounted', 'uploaded']);
});

// As after garbage was collected: it is still said to be there.
const pretend = (registry: Registry, at: number, times = 1) =>
  registry.fail('HEAD', new RegExp(`blobs/${blobs[at]?.descriptor.digest}`), {
    ...{ status: 200, times },
  });

test('blobs that the registry misses in a manifest are pushed, and the manifest once more', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', 'other');
  for (const at of [2, 5]) pretend(registry, at);

  const pushed = await push(registry);

  expect(registry.manifest('octo/app', plan.root.digest)?.digest).toBe(plan.root.digest);
  expect(countPushed(pushed)).toMatchObject({ uploaded: 9, present: 0 });
  expect(count(registry, 'PUT')).toBe(2);
  expect(count(registry, 'POST')).toBe(9);
  expect(count(registry, 'HEAD')).toBe(9 + 2);
});

test('a registry that goes on missing blobs is believed the second time', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', 'other');
  pretend(registry, 2, 9);

  await expect(push(registry)).rejects.toMatchObject({ code: 'MANIFEST_BLOB_UNKNOWN' });

  expect(count(registry, 'PUT')).toBe(2);
});

test('a manifest that is refused for anything else is put once', async () => {
  await using registry = await startRegistry();
  registry.fail('PUT', /manifests/, { status: 400, code: 'MANIFEST_INVALID', times: 9 });

  await expect(push(registry)).rejects.toMatchObject({ code: 'MANIFEST_INVALID' });

  expect(count(registry, 'PUT')).toBe(1);
});

test('blobs that are missed and not ours are not looked for', async () => {
  await using registry = await startRegistry();
  const foreign = blobOf('foreign', type, 'foreign');
  registry.seedBlob('octo/app', 'other');
  registry.fail('HEAD', new RegExp(foreign.descriptor.digest), { status: 200 });
  const named = planArtifact({ blobs: blobs.slice(0, 1), present: [foreign.descriptor] });

  await expect(push(registry, named)).rejects.toMatchObject({ code: 'MANIFEST_BLOB_UNKNOWN' });

  expect(count(registry, 'PUT')).toBe(1);
});

test.each([
  [{ multiTag: true }, 1],
  [{ multiTag: false }, 4],
])('an index at three tags, with %j, is %d writes', async (capabilities, expected) => {
  await using registry = await start(capabilities);
  await using opened = openRepository(registry.host);
  const mediaType = 'application/vnd.oci.image.index.v1+json';
  const bytes = canonicalBytes({ schemaVersion: 2, mediaType, manifests: [] });
  const moving = ['1.0', '1', 'latest'].map((tag) => ({ tag, moved: true }));

  await writeTags(opened.repository, { bytes, mediaType }, moving);

  expect(registry.tags('octo/app').sort()).toEqual(['1', '1.0', 'latest']);
  expect(count(registry, 'PUT')).toBe(expected);
});
