import { mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { codesOf, expectStored, readBoth } from './expectations.ts';
import { imageIn } from './images.ts';
import { pushManifest, pushTag, putManifest } from './push.ts';
import { locationOf, newRepository } from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Pulling manifests" and "Pushing Manifests". */
export function manifestCases(target: Target): void {
  digestsAndTags(target);
  forms(target);
  movedAndAbsent(target);
  limits(target);
}

function digestsAndTags(target: Target): void {
  test('a manifest pushed by digest is pulled as it was, with its type', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);

    const { digest } = await pushManifest(repository, image);

    const pulled = await expectStored(repository, `manifests/${digest}`, encode(image), digest);
    expect(pulled.headers.get('content-type')).toBe(image.mediaType);
  });

  test('a manifest pushed to a tag is at the tag and at its digest', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);

    const pushed = await pushTag(repository, 'v1.0_a-B', image);

    const digest = pushed.headers.get('docker-content-digest') ?? '';
    for (const reference of ['v1.0_a-B', digest]) {
      const path = `manifests/${reference}`;
      const pulled = await expectStored(repository, path, encode(image), digest);
      expect(pulled.headers.get('content-type')).toBe(image.mediaType);
    }
  });

  test('the location of a pushed manifest is a URL that pulls it', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);

    const pushed = await pushTag(repository, 'latest', image);

    const pulled = await repository.ask('GET', locationOf(pushed));
    expect([pulled.status, pulled.bytes]).toEqual([200, encode(image)]);
  });

  test('the answer to a push by digest has that digest', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const digest = repository.digestOf(encode(image));

    const pushed = await putManifest(repository, digest, image, encode(image));

    expect(pushed.status).toBe(201);
    expect(pushed.headers.get('docker-content-digest')).toBe(digest);
  });
}

function forms(target: Target): void {
  test('a manifest whose size is not told in advance is taken', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const bytes = encode(image);
    const digest = repository.digestOf(bytes);

    const pushed = await repository.ask('PUT', `manifests/${digest}`, {
      headers: { 'content-type': image.mediaType },
      body: new Blob([bytes]).stream(),
    });

    expect(pushed.status).toBe(201);
    await expectStored(repository, `manifests/${digest}`, bytes, digest);
  });

  // "mediaType … SHOULD be used" (image-spec v1.1.1, manifest.md): the Content-Type alone may say what it is.
  test('a manifest that does not say its type itself is of the type that it is pushed as', async () => {
    const repository = newRepository(target);
    const { mediaType, ...image } = await imageIn(repository);
    const bytes = encode(image);

    const pushed = await putManifest(repository, 'latest', { mediaType }, bytes);

    expect(pushed.status).toBe(201);
    const pulled = await readBoth(repository, 'manifests/latest');
    expect([pulled.headers.get('content-type'), pulled.bytes]).toEqual([mediaType, bytes]);
  });
}

function movedAndAbsent(target: Target): void {
  test('a tag moves to the manifest that was pushed last, and the old one stays', async () => {
    const repository = newRepository(target);
    const [old, young] = [await imageIn(repository), await imageIn(repository)];
    const before = await pushTag(repository, 'latest', old);

    const after = await pushTag(repository, 'latest', young);

    const digests = [before, after].map(({ headers }) => headers.get('docker-content-digest'));
    const tagged = await readBoth(repository, 'manifests/latest');
    const replaced = await readBoth(repository, `manifests/${digests[0]}`);
    expect(tagged.headers.get('docker-content-digest')).toBe(digests[1]);
    expect([tagged.bytes, replaced.bytes]).toEqual([encode(young), encode(old)]);
  });

  test('a tag of 128 characters is taken', async () => {
    const repository = newRepository(target);
    const tag = `_${'a'.repeat(127)}`;

    await pushTag(repository, tag, await imageIn(repository));

    await readBoth(repository, `manifests/${tag}`);
  });

  test('what was never pushed is a 404, by tag, by digest and by what is neither, to GET and HEAD', async () => {
    const repository = newRepository(target);
    await pushTag(repository, 'latest', await imageIn(repository));
    const references = ['absent', '.no-tag', repository.digestOf(freshBytes(10))];

    const answers = await Promise.all(
      references.flatMap((reference) =>
        ['GET', 'HEAD'].map((method) => repository.ask(method, `manifests/${reference}`)),
      ),
    );

    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(404));
  });
}

function limits(target: Target): void {
  test('a manifest of a missing layer is taken, or refused with MANIFEST_BLOB_UNKNOWN', async () => {
    const repository = newRepository(target);
    const digest = repository.digestOf(freshBytes(10));
    const layers = [{ mediaType: mediaTypes.imageLayer, digest, size: 10 }];
    const image = await imageIn(repository, { layers });

    const pushed = await putManifest(repository, 'latest', image, encode(image));

    const refused = pushed.status === 201 ? [] : codesOf(pushed);
    expect(refused.every((code) => code === 'MANIFEST_BLOB_UNKNOWN')).toBe(true);
    expect([201, 400, 404]).toContain(pushed.status);
  });

  test('a manifest of almost 4 MiB is taken', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const padding = 4 * 1024 * 1024 - encode({ ...image, annotations: { a: '' } }).byteLength - 1;
    const large = { ...image, annotations: { a: 'a'.repeat(padding) } };

    const { digest, size } = await pushManifest(repository, large);

    expect(size).toBe(4 * 1024 * 1024 - 1);
    await expectStored(repository, `manifests/${digest}`, encode(large), digest);
  });
}
