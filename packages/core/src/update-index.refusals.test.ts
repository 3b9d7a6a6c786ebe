import { type Registry, startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { parseAnnotationLines } from './annotations.ts';
import { pushedBy, recordsOf } from './test-kit/records.ts';
import { seedArtifact, seedImage } from './test-kit/seeds.ts';
import { failure, update } from './test-kit/update.ts';

/** Nothing was written, and no tag moved. */
const untouched = (registry: Registry): boolean =>
  registry.requests('PUT').length + registry.requests('POST').length === 0;

test.each([401, 429, 500, 503])(
  'A8: a tag that cannot be read, by status %i, is never taken for absent',
  async (status) => {
    await using registry = await startRegistry();
    const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
    registry.fail('*', /manifests\/1\.0/, { status, times: 100 });

    const error = await failure(registry, { records });

    expect(error).toMatchObject({ code: expect.any(String), message: expect.any(String) });
    expect(untouched(registry)).toBe(true);
    expect(registry.tags('octo/app')).toEqual([]);
  },
);

test('A8: a tag that is denied is not taken for absent while it is among the tags', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  const before = seedImage(registry, 'linux/arm64', { tag: '1.0' });
  registry.fail('*', /manifests\/1\.0/, { status: 403, times: 100 });

  const error = await failure(registry, { records });

  expect(error).toMatchObject({ code: 'DENIED' });
  expect(registry.manifest('octo/app', '1.0')?.digest).toBe(before.digest);
});

test('where what is absent is denied, a first release is known by the list of tags', async () => {
  await using registry = await startRegistry({ capabilities: { denyAbsent: true } });
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));

  const updated = await update(registry, { records, tags: ['1.0', '1'] });

  expect(registry.tags('octo/app').sort()).toEqual(['1', '1.0']);
  expect(updated).toMatchObject({ changed: true });
});

test('a second tag that cannot be read stops the first', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  registry.fail('*', /manifests\/latest/, { status: 503, times: 100 });

  await failure(registry, { records, tags: ['1.0', 'latest'] });

  expect(untouched(registry)).toBe(true);
});

test('A8: an artifact at the tag is no index', async () => {
  await using registry = await startRegistry();
  seedArtifact(registry, 'disk', {}, { tag: '1.0' });
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));

  expect(await failure(registry, { records })).toMatchObject({
    code: 'NOT_AN_INDEX',
    message: expect.stringContaining('/octo/app:1.0 is neither an index nor a container image'),
  });
  expect(untouched(registry)).toBe(true);
});

test('a missing child moves no tag, and is named', async () => {
  await using registry = await startRegistry();
  const [amd64, arm64] = [seedImage(registry, 'linux/amd64'), seedImage(registry, 'linux/arm64')];
  registry.deleteManifest('octo/app', arm64.digest);
  const records = recordsOf(pushedBy('a', amd64), pushedBy('b', arm64));

  expect(await failure(registry, { records, tags: ['1.0', 'latest'] })).toMatchObject({
    code: 'CHILD_MISSING',
    message: expect.stringMatching(
      new RegExp(`/octo/app does not have 1 of the manifests .*: ${arm64.digest}$`),
    ),
  });
  expect(untouched(registry)).toBe(true);
});

test('a child of another size than its record says is not there', async () => {
  await using registry = await startRegistry();
  const amd64 = seedImage(registry, 'linux/amd64');
  const records = recordsOf(pushedBy('a', { ...amd64, size: amd64.size + 1 }));

  expect(await failure(registry, { records })).toMatchObject({ code: 'CHILD_MISSING' });
});

test('a child that went away meanwhile keeps a further tag from moving', async () => {
  await using registry = await startRegistry({ capabilities: { checkManifestContent: false } });
  const amd64 = seedImage(registry, 'linux/amd64');
  const records = recordsOf(pushedBy('a', amd64));
  await failure(registry, { records });
  registry.deleteManifest('octo/app', amd64.digest);

  const error = await failure(registry, { records, tags: ['1.0', 'latest'] });

  expect(error).toMatchObject({ code: 'CHILD_MISSING' });
  expect(registry.tags('octo/app')).toEqual(['1.0']);
});

test.each([true, false])('incomplete records are refused, dry run %s', async (dryRun) => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  const partial = { ...records, complete: false, missing: ['push (arm64)'] };

  expect(await failure(registry, { records: partial, dryRun })).toMatchObject({
    code: 'LEG_MISSING',
    message: 'the records of group app are not complete, missing: push (arm64)',
  });
  expect(registry.requests()).toEqual([]);
});

test('a leg that is expected and not among the records is named', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  const expected = { kind: 'legs', legs: ['amd64', 'arm64'] } as const;

  expect(await failure(registry, { records, expected })).toMatchObject({
    code: 'LEG_MISSING',
    message: 'group app is not complete: 1 legs are there, missing: arm64',
  });
  expect(registry.requests()).toEqual([]);
});

test('R12: records that name no manifest make no empty index', async () => {
  await using registry = await startRegistry();

  expect(await failure(registry, { records: recordsOf(pushedBy('tests')) })).toMatchObject({
    code: 'LEG_MISSING',
  });
  expect(untouched(registry)).toBe(true);
});

test('an artifact that would shadow an image is refused', async () => {
  await using registry = await startRegistry();
  const platform = { os: 'linux', architecture: 'arm64' };
  const disk = seedArtifact(registry, 'disk', { platform });
  registry.seedManifest('octo/app', { schemaVersion: 2, manifests: [disk] }, { tag: '1.0' });
  const records = recordsOf(pushedBy('arm64', seedImage(registry, 'linux/arm64')));

  expect(await failure(registry, { records })).toMatchObject({ code: 'ENTRY_DUPLICATE' });
  expect(untouched(registry)).toBe(true);
});

test('an annotation for a platform that no leg has is not dropped silently', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  const annotations = parseAnnotationLines(['manifest-descriptor[linux/s390x]:a=b']);

  expect(await failure(registry, { records, annotations })).toMatchObject({
    code: 'ANNOTATION_INVALID',
    message: 'the annotation a is for linux/s390x, and no leg gives an entry of that platform',
  });
});

test('an unknown subject is an error before anything is written', async () => {
  await using registry = await startRegistry();
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));

  expect(await failure(registry, { records, subject: 'none' })).toMatchObject({
    code: 'MANIFEST_UNKNOWN',
  });
  expect(untouched(registry)).toBe(true);
});

test('a registry that does not say what it took, and has nothing, is found out', async () => {
  await using registry = await startRegistry({ capabilities: { digestHeader: false } });
  const records = recordsOf(pushedBy('amd64', seedImage(registry, 'linux/amd64')));
  registry.onRequest(({ method }) => {
    if (method === 'PUT') registry.deleteManifest('octo/app', '1.0');
    for (const digest of method === 'PUT' ? registry.manifests('octo/app') : []) {
      registry.deleteManifest('octo/app', digest);
    }
  });

  expect(await failure(registry, { records })).toMatchObject({ code: 'PROTOCOL' });
});

test('no tag at all is an error', async () => {
  await using registry = await startRegistry();

  expect(await failure(registry, { tags: [] })).toMatchObject({ code: 'INPUT_INVALID' });
});
