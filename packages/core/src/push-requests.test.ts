import { canonicalBytes } from '@oci-matrix/oci';
import { type Capabilities, type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { countPushed } from './count-pushed.ts';
import type { ImagePlan } from './image-plan.ts';
import { moveTags } from './move-tags.ts';
import { planArtifact } from './plan-artifact.ts';
import { pushBlobs } from './push-blobs.ts';
import { pushImage } from './push-image.ts';
import { blobOf } from './test-kit/blobs.ts';
import { openRepository } from './test-kit/test-repository.ts';

const type = 'application/vnd.example';
// Larger than what is sent without a look wherever it goes.
const textOf = (at: number): string => `layer ${at} `.padEnd(70_000, '.');
const blobs = Array.from({ length: 8 }, (_, at) => blobOf(textOf(at), type, `${at}`));
// Nine blobs, with the config.
const plan = planArtifact({ blobs, present: [] });

async function push({ host }: Registry, what: ImagePlan = plan, tags: readonly string[] = []) {
  await using opened = openRepository(host);
  return await pushImage({ repository: opened.repository, plan: what, tags });
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

test.each([
  // The manifest, the two blobs that find out by POST and PUT, a HEAD, a POST and a PUT for the others, the manifest.
  [{ singlePost: false }, 1 + 2 * 2 + 7 * 3 + 1],
  [{ singlePost: true }, 11],
])(
  'eight layers of a repository with other images, with %j, are %d requests',
  async (capabilities, expected) => {
    await using registry = await start(capabilities);
    registry.seedBlob('octo/app', 'other');

    await push(registry);

    expect(count(registry)).toBe(expected);
  },
);

test('the same image again is one request', async () => {
  await using registry = await startRegistry();
  await push(registry);
  registry.clearRequests();

  await push(registry);

  expect(count(registry)).toBe(1);
});

test('the same image again at the same tag is one request, and at another one a write', async () => {
  await using registry = await startRegistry();
  await push(registry, plan, ['1']);
  registry.clearRequests();

  await push(registry, plan, ['1']);
  expect(count(registry)).toBe(1);
  await push(registry, plan, ['1', '2']);

  expect(count(registry)).toBe(1 + 3);
  expect(registry.tags('octo/app').sort()).toEqual(['1', '2']);
});

const annotated = planArtifact({ blobs, present: [], annotations: { version: '2' } });

test('a new manifest of the same blobs is two requests where its tag names the one before', async () => {
  await using registry = await startRegistry();
  await push(registry, plan, ['1']);
  registry.clearRequests();

  const pushed = await push(registry, annotated, ['1']);

  expect(count(registry)).toBe(2);
  expect(countPushed(pushed)).toMatchObject({ uploaded: 0, present: 9 });
  expect(registry.manifest('octo/app', '1')?.digest).toBe(annotated.root.digest);
});

test('of what the manifest at the tag has only the rest travels', async () => {
  await using registry = await start({ singlePost: false });
  await push(registry, planArtifact({ blobs: blobs.slice(1), present: [] }), ['1']);
  registry.clearRequests();

  const pushed = await push(registry, plan, ['1']);

  expect(countPushed(pushed)).toMatchObject({ uploaded: 1, present: 8 });
  expect(count(registry)).toBe(1 + 3 + 1);
});

test('a manifest that vouches for a blob which is gone is not believed twice', async () => {
  await using registry = await startRegistry();
  await push(registry, plan, ['1']);
  const lost = blobs[3]?.descriptor.digest ?? '';
  registry.fail('PUT', /manifests/, {
    ...{ status: 400, code: 'MANIFEST_BLOB_UNKNOWN', detail: { digest: lost } },
  });

  await push(registry, annotated, ['1']);

  expect(registry.manifest('octo/app', '1')?.digest).toBe(annotated.root.digest);
  expect(registry.requests('HEAD').map(({ path }) => path)).toEqual([
    expect.stringContaining(lost),
  ]);
});

test.each([
  [3, { HEAD: 3, POST: 2 }],
  [8, { HEAD: 0, POST: 8 }],
])('of %d blobs that are likely new, %j', async (many, expected) => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/app', textOf(0));
  await using opened = openRepository(registry.host);

  const { repository } = opened;
  await pushBlobs({ repository, blobs: blobs.slice(0, many), likelyNew: true });

  expect({ HEAD: count(registry, 'HEAD'), POST: count(registry, 'POST') }).toEqual(expected);
});

test('blobs alone are looked for, so that a repeat sends nothing', async () => {
  await using registry = await startRegistry();
  await using opened = openRepository(registry.host);
  const { repository } = opened;
  await pushBlobs({ repository, blobs });
  registry.clearRequests();

  const again = await pushBlobs({ repository, blobs });

  expect(countPushed(again)).toMatchObject({ uploaded: 0, present: 8 });
  expect(registry.requests().map(({ method }) => method)).toEqual(Array(8).fill('HEAD'));
});

test('blobs of another repository are mounted from where they may be', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('octo/base', textOf(0));
  await using opened = openRepository(registry.host);

  const pushed = await pushBlobs({
    ...{ repository: opened.repository, blobs: blobs.slice(0, 2), mountFrom: ['octo/base'] },
  });

  expect(pushed.map(({ outcome }) => outcome)).toEqual(['mounted', 'uploaded']);
});

// As after garbage was collected: it is still said to be there.
const pretend = (registry: Registry, digest: string | undefined, times = 1) =>
  registry.fail('HEAD', new RegExp(`blobs/${digest}`), {
    ...{ status: 200, times, headers: { 'docker-content-digest': digest ?? '' } },
  });

test('F22: blobs that the registry misses in a manifest are pushed, and the manifest once more', async () => {
  await using registry = await start({ singlePost: false });
  registry.seedBlob('octo/app', 'other');
  for (const at of [2, 5]) pretend(registry, blobs[at]?.descriptor.digest);

  const pushed = await push(registry);

  expect(registry.manifest('octo/app', plan.root.digest)?.digest).toBe(plan.root.digest);
  expect(countPushed(pushed)).toMatchObject({ uploaded: 9, present: 0 });
  expect(registry.requests('PUT').filter(({ path }) => /manifests/.test(path))).toHaveLength(2);
  expect(count(registry, 'HEAD')).toBe(7 + 2);
});

test('a registry that goes on missing blobs is believed the second time', async () => {
  await using registry = await start({ singlePost: false });
  registry.seedBlob('octo/app', 'other');
  pretend(registry, blobs[2]?.descriptor.digest, 9);

  await expect(push(registry)).rejects.toMatchObject({ code: 'MANIFEST_BLOB_UNKNOWN' });

  expect(registry.requests('PUT').filter(({ path }) => /manifests/.test(path))).toHaveLength(2);
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
  pretend(registry, foreign.descriptor.digest);
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

  await moveTags(opened.repository, { bytes, mediaType }, moving);

  expect(registry.tags('octo/app').sort()).toEqual(['1', '1.0', 'latest']);
  expect(count(registry, 'PUT')).toBe(expected);
});
