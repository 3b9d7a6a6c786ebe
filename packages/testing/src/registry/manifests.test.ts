import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, digestOfDocument, putManifestTo, sampleImage } from './sample.ts';
import { startRegistry } from './start-registry.ts';

test('a manifest comes back by tag and by digest, byte for byte', async () => {
  await using registry = await startRegistry();
  const text = '{ "schemaVersion": 2,\n "manifests": [], "unknown": [1.0] }';
  const { digest } = registry.seedManifest('acme/app', text, { tag: 'v1' });

  for (const reference of ['v1', digest]) {
    const answer = await fetch(`${registry.url}/v2/acme/app/manifests/${reference}`);

    expect(await answer.text()).toBe(text);
    expect(answer.headers.get('content-type')).toBe(mediaTypes.imageIndex);
    expect(answer.headers.get('docker-content-digest')).toBe(digest);
    expect(answer.headers.get('etag')).toBe(`"${digest}"`);
  }
});

test('a HEAD says what a tag is at', async () => {
  await using registry = await startRegistry();
  const { digest, size } = registry.seedManifest('acme/app', sampleImage(registry, 'acme/app'), {
    tag: 'v1',
  });

  const answer = await fetch(`${registry.url}/v2/acme/app/manifests/v1`, { method: 'HEAD' });

  expect(answer.headers.get('docker-content-digest')).toBe(digest);
  expect(answer.headers.get('content-length')).toBe(String(size));
});

test('who has a manifest already is told so', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedManifest('acme/app', '{}', { tag: 'v1' });

  const answer = await fetch(`${registry.url}/v2/acme/app/manifests/v1`, {
    headers: { 'if-none-match': `"${digest}"` },
  });

  expect(answer.status).toBe(304);
});

test('a missing manifest and a missing repository have codes of their own', async () => {
  await using registry = await startRegistry();
  registry.seedBlob('acme/app', 'content');

  const manifest = await fetch(`${registry.url}/v2/acme/app/manifests/${digestOf('none')}`);
  const repository = await fetch(`${registry.url}/v2/acme/other/manifests/v1`);

  expect([manifest.status, repository.status]).toEqual([404, 404]);
  expect(await codesIn(manifest)).toEqual(['MANIFEST_UNKNOWN']);
  expect(await codesIn(repository)).toEqual(['NAME_UNKNOWN']);
});

test('deleting a tag leaves the manifest', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedManifest('acme/app', '{}', { tag: 'v1' });
  const url = `${registry.url}/v2/acme/app/manifests/v1`;

  const deleted = await fetch(url, { method: 'DELETE' });

  expect(deleted.status).toBe(202);
  expect((await fetch(url)).status).toBe(404);
  expect((await fetch(url, { method: 'DELETE' })).status).toBe(404);
  expect(registry.manifests('acme/app')).toEqual([digest]);
});

test('deleting a manifest takes its tags along', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedManifest('acme/app', '{}', { tag: 'v1' });
  registry.seedManifest('acme/app', '{"other":1}', { tag: 'v2' });
  const url = `${registry.url}/v2/acme/app/manifests/${digest}`;

  const deleted = await fetch(url, { method: 'DELETE' });

  expect(deleted.status).toBe(202);
  expect((await fetch(url)).status).toBe(404);
  expect(registry.tags('acme/app')).toEqual(['v2']);
});

test('a registry without deletion says 405 to each of them', async () => {
  await using registry = await startRegistry({ capabilities: { delete: false } });
  const { digest } = registry.seedManifest('acme/app', sampleImage(registry, 'acme/app'), {
    tag: 'v1',
  });
  const blob = registry.seedBlob('acme/app', 'content').digest;

  for (const path of ['manifests/v1', `manifests/${digest}`, `blobs/${blob}`]) {
    const answer = await fetch(`${registry.url}/v2/acme/app/${path}`, { method: 'DELETE' });

    expect(answer.status).toBe(405);
    expect(await codesIn(answer)).toEqual(['UNSUPPORTED']);
  }
});

test('with strict Accept, a type that is not listed is absent', async () => {
  await using registry = await startRegistry({ capabilities: { strictAccept: true } });
  registry.seedManifest('acme/app', '{"manifests":[]}', { tag: 'v1' });
  const get = (accept: string) =>
    fetch(`${registry.url}/v2/acme/app/manifests/v1`, { headers: { accept } });

  expect((await get('*/*')).status).toBe(404);
  expect((await get(`${mediaTypes.imageManifest}, ${mediaTypes.imageIndex}`)).status).toBe(200);
});

test('with digest tags, the tag of a digest finds the digest', async () => {
  await using registry = await startRegistry({ capabilities: { digestTags: true } });
  await using strict = await startRegistry();
  const { digest } = registry.seedManifest('acme/app', '{}');
  strict.seedManifest('acme/app', '{}');
  const path = `/v2/acme/app/manifests/${digest.replace(':', '-')}`;

  expect((await fetch(registry.url + path)).headers.get('docker-content-digest')).toBe(digest);
  expect((await fetch(strict.url + path)).status).toBe(404);
});

test('with stale reads, a moved tag stays where it was for a while, and its digest is there at once', async () => {
  await using registry = await startRegistry({ capabilities: { staleTagReads: 2000 } });
  const before = registry.seedManifest('acme/app', '{"old":1}', { tag: 'v1' });
  const document = sampleImage(registry, 'acme/app');
  const after = digestOfDocument(document);
  const digestAt = async (reference: string) => {
    const answer = await fetch(`${registry.url}/v2/acme/app/manifests/${reference}`);
    return answer.headers.get('docker-content-digest');
  };

  await putManifestTo(registry, 'acme/app/manifests/v1', document);

  expect(await digestAt('v1')).toBe(before.digest);
  expect(await digestAt(after)).toBe(after);
  expect(registry.manifest('acme/app', 'v1')?.digest).toBe(after);
  await expect.poll(() => digestAt('v1'), { timeout: 20_000 }).toBe(after);
});
