import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { codesIn, digestOfDocument, putManifestTo, sampleImage } from './sample.ts';
import { startRegistry } from './start-registry.ts';

test('a manifest goes in by tag and by digest, and says where it is', async () => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app');
  const digest = digestOfDocument(document);

  const tagged = await putManifestTo(registry, 'acme/app/manifests/v1', document);
  const bare = await putManifestTo(registry, `acme/app/manifests/${digest}`, document);

  expect([tagged.status, bare.status]).toEqual([201, 201]);
  expect(tagged.headers.get('location')).toBe(`${registry.url}/v2/acme/app/manifests/${digest}`);
  expect(tagged.headers.get('docker-content-digest')).toBe(digest);
  expect(registry.manifest('acme/app', 'v1')).toMatchObject({
    digest,
    mediaType: mediaTypes.imageManifest,
    bytes: new TextEncoder().encode(JSON.stringify(document)),
  });
});

test('a manifest of another digest is refused', async () => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app');

  const answer = await putManifestTo(registry, `acme/app/manifests/${digestOf('other')}`, document);

  expect(answer.status).toBe(400);
  expect(await codesIn(answer)).toEqual(['DIGEST_INVALID']);
  expect(registry.manifests('acme/app')).toEqual([]);
});

test('a manifest may be named by its sha512 digest', async () => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app');
  const digest = digestOf(JSON.stringify(document), 'sha512');

  const answer = await putManifestTo(registry, `acme/app/manifests/${digest}`, document);

  expect(answer.headers.get('docker-content-digest')).toBe(digest);
  expect((await fetch(`${registry.url}/v2/acme/app/manifests/${digest}`)).status).toBe(200);
});

test('tags in the query of a PUT by digest are all moved, and each is acknowledged', async () => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app');
  const path = `acme/app/manifests/${digestOfDocument(document)}?tag=v1&tag=latest`;

  const answer = await putManifestTo(registry, path, document);

  expect(answer.headers.get('oci-tag')).toBe('v1, latest');
  expect(registry.tags('acme/app')).toEqual(['latest', 'v1']);
});

test('a registry without multi-tag stores the digest alone, and says nothing of tags', async () => {
  await using registry = await startRegistry({ capabilities: { multiTag: false } });
  const document = sampleImage(registry, 'acme/app');
  const path = `acme/app/manifests/${digestOfDocument(document)}?tag=v1`;

  const answer = await putManifestTo(registry, path, document);

  expect(answer.status).toBe(201);
  expect(answer.headers.get('oci-tag')).toBeNull();
  expect(registry.tags('acme/app')).toEqual([]);
});

test.each(['.hidden', `v${'1'.repeat(128)}`])('the tag %s is refused', async (tag) => {
  await using registry = await startRegistry();
  const document = sampleImage(registry, 'acme/app');
  const digest = digestOfDocument(document);

  const direct = await putManifestTo(registry, `acme/app/manifests/${tag}`, document);
  const queried = await putManifestTo(
    registry,
    `acme/app/manifests/${digest}?tag=${tag}`,
    document,
  );

  expect(await codesIn(direct)).toEqual(['MANIFEST_INVALID']);
  expect(await codesIn(queried)).toEqual(['MANIFEST_INVALID']);
  expect(registry.manifests('acme/app')).toEqual([]);
});

test('a manifest of just 4 MiB goes in, and one byte more does not', async () => {
  await using registry = await startRegistry();
  const empty = JSON.stringify(sampleImage(registry, 'acme/app', { filler: '' })).length;
  const filler = 'x'.repeat(4 * 1024 * 1024 - empty);
  const fits = sampleImage(registry, 'acme/app', { filler });
  const exceeds = sampleImage(registry, 'acme/app', { filler: `${filler}x` });

  const taken = await putManifestTo(registry, 'acme/app/manifests/v1', fits);
  const refused = await putManifestTo(registry, 'acme/app/manifests/v2', exceeds);

  expect([taken.status, refused.status]).toEqual([201, 413]);
});

test('a subject is acknowledged, unless the registry has no referrers', async () => {
  await using registry = await startRegistry();
  await using old = await startRegistry({ capabilities: { referrers: false } });
  await using liar = await startRegistry({
    capabilities: { referrers: false, subjectHeader: true },
  });
  const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('subject'), size: 7 };

  const acknowledged = await Promise.all(
    [registry, old, liar].map(async (each) => {
      const document = sampleImage(each, 'acme/app', { subject });
      const answer = await putManifestTo(each, 'acme/app/manifests/v1', document);
      return answer.headers.get('oci-subject');
    }),
  );

  expect(acknowledged).toEqual([subject.digest, null, subject.digest]);
});

test('an immutable tag cannot move, and a repeat is no move', async () => {
  await using registry = await startRegistry({ capabilities: { immutableTags: true } });
  const document = sampleImage(registry, 'acme/app');
  const other = sampleImage(registry, 'acme/app', { annotations: { a: 'b' } });
  const path = 'acme/app/manifests/v1';

  const answers = [
    await putManifestTo(registry, path, document),
    await putManifestTo(registry, path, document),
    await putManifestTo(registry, path, other),
  ];

  expect(answers.map(({ status }) => status)).toEqual([201, 201, 400]);
  expect(registry.manifest('acme/app', 'v1')?.digest).toBe(digestOfDocument(document));
});

test('with conditional PUT, a tag moves only from where the client saw it', async () => {
  await using registry = await startRegistry({ capabilities: { conditionalPut: true } });
  const first = sampleImage(registry, 'acme/app');
  const second = sampleImage(registry, 'acme/app', { annotations: { a: 'b' } });
  const put = async (document: typeof first, headers: Record<string, string>) =>
    (await putManifestTo(registry, 'acme/app/manifests/v1', document, headers)).status;

  expect(await put(first, { 'if-match': '"x"' })).toBe(412);
  expect(await put(first, { 'if-none-match': '*' })).toBe(201);
  expect(await put(second, { 'if-none-match': '*' })).toBe(412);
  expect(await put(second, { 'if-match': `"${digestOfDocument(second)}"` })).toBe(412);
  expect(await put(second, { 'if-match': `"${digestOfDocument(first)}"` })).toBe(201);
  expect(registry.manifest('acme/app', 'v1')?.digest).toBe(digestOfDocument(second));
});

test('without it, conditions are ignored, as registries do', async () => {
  await using registry = await startRegistry();

  const answer = await putManifestTo(
    registry,
    'acme/app/manifests/v1',
    sampleImage(registry, 'acme/app'),
    { 'if-match': '"x"' },
  );

  expect(answer.status).toBe(201);
});

test('a registry may keep the digest of an answer to itself', async () => {
  await using registry = await startRegistry({ capabilities: { digestHeader: false } });
  const document = sampleImage(registry, 'acme/app');

  const put = await putManifestTo(registry, 'acme/app/manifests/v1', document);
  const got = await fetch(`${registry.url}/v2/acme/app/manifests/v1`);

  expect(put.headers.get('docker-content-digest')).toBeNull();
  expect(got.headers.get('docker-content-digest')).toBeNull();
});

test('a registry may refuse the repeat of an immutable tag, and in words of its own', async () => {
  await using registry = await startRegistry({
    capabilities: {
      immutableTags: true,
      repeatImmutable: false,
      immutableTagStatus: 412,
      immutableTagCode: 'PRECONDITION',
    },
  });
  const document = sampleImage(registry, 'acme/app');

  const first = await putManifestTo(registry, 'acme/app/manifests/v1', document);
  const again = await putManifestTo(registry, 'acme/app/manifests/v1', document);

  expect([first.status, again.status]).toEqual([201, 412]);
  expect(await codesIn(again)).toEqual(['PRECONDITION']);
});
