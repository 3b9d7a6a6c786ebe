import { digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import type { Registry } from './registry.ts';
import { codesIn, digestOfDocument, jsonIn, putManifestTo, sampleImage } from './sample.ts';
import { startRegistry } from './start-registry.ts';

const subject = { mediaType: mediaTypes.imageManifest, digest: digestOf('subject'), size: 7 };
const list = (registry: Registry, query = '') =>
  fetch(`${registry.url}/v2/acme/app/referrers/${subject.digest}${query}`);

test('a referrer is listed with its type and its annotations', async () => {
  await using registry = await startRegistry();
  const artifactType = 'application/vnd.acme.signature';
  const annotations = { 'org.acme.by': 'ada' };
  const document = sampleImage(registry, 'acme/app', { subject, artifactType, annotations });
  await putManifestTo(registry, 'acme/app/manifests/v1', document);

  const answer = await list(registry);

  expect(answer.headers.get('content-type')).toBe(mediaTypes.imageIndex);
  expect(await answer.json()).toEqual({
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: [
      {
        mediaType: mediaTypes.imageManifest,
        digest: digestOfDocument(document),
        size: JSON.stringify(document).length,
        artifactType,
        annotations,
      },
    ],
  });
});

test('an image without a type goes by the type of its config, and an index by none', async () => {
  await using registry = await startRegistry();
  registry.seedManifest('acme/app', sampleImage(registry, 'acme/app', { subject }));
  registry.seedManifest('acme/app', {
    schemaVersion: 2,
    mediaType: mediaTypes.imageIndex,
    manifests: [],
    subject,
  });

  const { manifests } = await jsonIn(await list(registry));

  const types = manifests.map((each: { artifactType?: string }) => each.artifactType);
  expect(new Set(types)).toEqual(new Set([mediaTypes.imageConfig, undefined]));
});

test('a filter gives only its type, and is acknowledged', async () => {
  await using registry = await startRegistry();
  for (const artifactType of ['application/a', 'application/b']) {
    registry.seedManifest('acme/app', sampleImage(registry, 'acme/app', { subject, artifactType }));
  }

  const answer = await list(registry, '?artifactType=application/a');

  expect(answer.headers.get('oci-filters-applied')).toBe('artifactType');
  expect(await answer.json()).toMatchObject({ manifests: [{ artifactType: 'application/a' }] });
});

test('what nothing refers to has an empty index, also in a repository that is not there', async () => {
  await using registry = await startRegistry();

  const answer = await list(registry);

  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({ manifests: [] });
});

test('a referrer that is deleted is no longer listed', async () => {
  await using registry = await startRegistry();
  const { digest } = registry.seedManifest(
    'acme/app',
    sampleImage(registry, 'acme/app', { subject }),
  );

  await fetch(`${registry.url}/v2/acme/app/manifests/${digest}`, { method: 'DELETE' });

  expect(await (await list(registry)).json()).toMatchObject({ manifests: [] });
});

test('long lists come in pages', async () => {
  await using registry = await startRegistry({ capabilities: { pageSize: 2 } });
  const seeded = ['a', 'b', 'c'].map((name) =>
    registry.seedManifest(
      'acme/app',
      sampleImage(registry, 'acme/app', { subject, annotations: { name } }),
    ),
  );

  const first = await list(registry, '?artifactType=application/vnd.oci.image.config.v1%2Bjson');
  const [, next = ''] = /^<(.*)>; rel="next"$/.exec(first.headers.get('link') ?? '') ?? [];
  const second = await fetch(new URL(next, first.url));

  const pages = [await jsonIn(first), await jsonIn(second)];
  expect(pages.map(({ manifests }) => manifests.length)).toEqual([2, 1]);
  const digests = pages.flatMap(({ manifests }) =>
    manifests.map((each: object) => Reflect.get(each, 'digest')),
  );
  expect(new Set(digests)).toEqual(new Set(seeded.map(({ digest }) => digest)));
});

test('a digest that is none is refused', async () => {
  await using registry = await startRegistry();

  const answer = await fetch(`${registry.url}/v2/acme/app/referrers/v1`);

  expect(answer.status).toBe(400);
  expect(await codesIn(answer)).toEqual(['DIGEST_INVALID']);
});

test('a registry without the referrers API answers as to any path it does not have', async () => {
  await using registry = await startRegistry({ capabilities: { referrers: false } });

  const answer = await list(registry);

  expect(answer.status).toBe(404);
  expect(await answer.text()).toBe('404 page not found\n');
});
