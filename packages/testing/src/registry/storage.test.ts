import { mkdtempDisposable, readdir, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test, vi } from 'vitest';
import { locationIn, putManifestTo, sampleImage, startUploadAt, withQuery } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const folder = () => mkdtempDisposable(join(tmpdir(), 'oci-matrix-storage-'));

test('a folder that is given keeps everything for the next registry', async () => {
  await using storage = await folder();
  const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('subject'), size: 7 };
  const first = await startRegistry({ storage: storage.path });
  const document = sampleImage(first, 'acme/app', { subject });
  await putManifestTo(first, 'acme/app/manifests/v1', document);
  const wide = digestOf(JSON.stringify(document), 'sha512');
  await putManifestTo(first, `acme/app/manifests/${wide}`, document);
  await first.close();

  await using second = await startRegistry({ storage: storage.path });

  expect(second.repositories()).toEqual(['acme/app']);
  expect(second.tags('acme/app')).toEqual(['v1']);
  expect(second.blobs('acme/app').sort()).toEqual(first.blobs('acme/app').sort());
  expect(second.manifests('acme/app').sort()).toEqual(first.manifests('acme/app').sort());
  expect(second.manifest('acme/app', 'v1')).toEqual(first.manifest('acme/app', 'v1'));
  const referrers = await fetch(`${second.url}/v2/acme/app/referrers/${subject.digest}`);
  expect(await referrers.json()).toMatchObject({ manifests: [{}, {}] });
});

test('what the disk did not keep becomes no blob', async () => {
  await using storage = await folder();
  await using registry = await startRegistry({ storage: storage.path });
  const started = await startUploadAt(registry, 'acme/app');
  const sent = await fetch(started, { method: 'PATCH', body: 'content' });
  const [upload = ''] = await readdir(join(storage.path, 'uploads'));
  await truncate(join(storage.path, 'uploads', upload), 3);

  const ended = await fetch(withQuery(locationIn(sent), 'digest', digestOf('content')), {
    method: 'PUT',
  });

  expect(ended.status).toBe(500);
  expect(registry.blobs('acme/app')).toEqual([]);
  expect(await readdir(join(storage.path, 'uploads'))).toEqual([]);
});

test('a temporary folder is removed at the end, also when the registry cannot start', async () => {
  await using parent = await folder();
  vi.stubEnv('TMPDIR', parent.path);
  const registry = await startRegistry();
  registry.seedBlob('acme/app', 'content');
  const during = await readdir(parent.path);
  const port = Number(new URL(registry.url).port);

  await startRegistry({ port }).catch(() => undefined);
  await registry.close();
  vi.unstubAllEnvs();

  expect(during).toHaveLength(1);
  expect(await readdir(parent.path)).toEqual([]);
});

test('what a crash left behind is no blob and no tag', async () => {
  await using storage = await folder();
  const first = await startRegistry({ storage: storage.path });
  first.seedManifest('acme/app', '{}', { tag: 'v1' });
  const upload = await startUploadAt(first, 'acme/app');
  await fetch(upload, { method: 'PATCH', body: 'content' });
  await first.close();
  const tags = join(storage.path, 'repositories', 'acme+app', 'tags');
  await writeFile(join(tags, '%part-1'), 'sha2');

  await using second = await startRegistry({ storage: storage.path });

  expect(await readdir(join(storage.path, 'uploads'))).toEqual([]);
  expect(second.blobs('acme/app')).toEqual([]);
  expect(second.tags('acme/app')).toEqual(['v1']);
});

test('the content of a blob leaves the disk with its last repository', async () => {
  await using storage = await folder();
  await using registry = await startRegistry({ storage: storage.path });
  const { digest } = registry.seedBlob('acme/app', 'content');
  registry.seedBlob('acme/other', 'content');
  const files = () => readdir(join(storage.path, 'blobs', 'sha256'));

  registry.deleteBlob('acme/app', digest);
  expect(await files()).toHaveLength(1);
  registry.deleteBlob('acme/other', digest);
  expect(await files()).toHaveLength(0);
});
