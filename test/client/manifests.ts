import { missingDigests, RegistryError } from '@oci-matrix/distribution';
import { canonicalBytes, digestOf, mediaTypes } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { amd64, arm64, indexOf, newBlob, newImage, rootBytes, send, sendBlobs } from './content.ts';
import { expectAbsent, expectClaimed, expectSoon, outcomeOf } from './expectations.ts';
import { openSession } from './session.ts';
import type { Completeness, Target } from './target.ts';

const text = (bytes: Uint8Array | undefined): string => new TextDecoder().decode(bytes);

/** Manifests, by digest and by tag. */
export function manifestCases(target: Target): void {
  test('a manifest is at its digest and at its tag, as it was sent', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const plan = newImage();
    await sendBlobs(session.repository, plan);
    const spaced = `  ${text(rootBytes(plan)).replace('{', '{ "com.acme": [1.0, "\\u00e9"], ')}\n`;
    const bytes = new TextEncoder().encode(spaced);

    const pushed = await manifests.push(bytes, mediaTypes.imageManifest, { tag: '1.0' });

    const expected = { mediaType: mediaTypes.imageManifest, digest: digestOf(bytes) };
    expect(pushed).toEqual({ ...expected, size: bytes.byteLength });
    expect(await manifests.resolve(pushed.digest)).toEqual(pushed);
    await expectSoon(target, () => manifests.resolve('1.0'), pushed);
    for (const reference of [pushed.digest, '1.0']) {
      expect(text((await manifests.fetch(reference))?.bytes)).toBe(spaced);
    }
  });

  test('an index is pushed after its children', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const plan = indexOf([amd64, arm64].map((platform) => newImage({ platform })));

    const pushed = await send(session.repository, plan);

    const fetched = await manifests.fetch(pushed.digest);
    expect(fetched?.manifest).toMatchObject({ kind: 'index', index: { manifests: plan.children } });
  });

  test('what is not there is undefined, and what is denied an error', async () => {
    await using session = openSession(target);
    const known = session.another();
    await send(known, newImage());
    const { digest } = newBlob().descriptor;

    for (const { manifests, blobs, tags } of [session.repository, known]) {
      await expectAbsent(target, manifests.resolve('none'), undefined);
      await expectAbsent(target, manifests.fetch('none'), undefined);
      await expectAbsent(target, manifests.fetch(digest), undefined);
      await expectAbsent(target, blobs.exists(digest), false);
      const listed = Array.fromAsync(tags.list());
      if (known.tags === tags) expect(await listed).toEqual([]);
      else await expectAbsent(target, listed, []);
    }
  });
}

/** Manifests that some registries do not take. */
export function refusalCases(target: Target): void {
  test('a manifest that names a blob which is not there is refused, and the blob named, where it is looked for', async () => {
    await using session = openSession(target);
    const plan = newImage();
    const [layer, ...others] = plan.blobs;
    await sendBlobs(session.repository, { ...plan, blobs: others });

    const pushed = session.repository.manifests.push(rootBytes(plan), plan.root.mediaType);

    await expectMissing(target.claims.missingBlob, pushed, layer?.descriptor.digest);
  });

  test('an index that names a manifest which is not there is refused, where it is looked for', async () => {
    await using session = openSession(target);
    const children = [newImage(), newImage()];
    const [first, second] = children;
    if (first !== undefined) await send(session.repository, first);
    const index = indexOf(children);

    const pushed = session.repository.manifests.push(rootBytes(index), index.root.mediaType);

    await expectMissing(target.claims.missingChild, pushed, second?.root.digest);
  });

  test('an artifact of media types of its own is taken, or refused for them', async () => {
    await using session = openSession(target);
    const { blobs, manifests } = session.repository;
    const types = ['application/vnd.acme.config', 'application/vnd.acme.disk'];
    const [config, layer] = types.map((mediaType) => newBlob(100, mediaType));
    for (const blob of [config, layer]) {
      if (blob !== undefined) await blobs.push(blob.descriptor, blob.source);
    }
    const bytes = canonicalBytes({
      ...{ schemaVersion: 2, mediaType: mediaTypes.imageManifest },
      ...{ config: config?.descriptor, layers: [layer?.descriptor] },
    });

    const pushed = manifests.push(bytes, mediaTypes.imageManifest);

    await expectClaimed(target.claims.artifacts, pushed, 400, 415);
  });

  test('a repository is made by the first push, or the push says that there is none', async () => {
    await using session = openSession(target, { repository: 'client-unprepared/app' });
    const { descriptor, source } = newBlob();

    const outcome = await outcomeOf(session.repository.blobs.push(descriptor, source));

    const refused = { refused: 'NAME_UNKNOWN', status: 404 };
    expect(outcome).toEqual(target.claims.createsRepositories ? { value: 'uploaded' } : refused);
  });
}

async function expectMissing(
  claimed: Completeness,
  pushed: Promise<unknown>,
  digest: string | undefined,
): Promise<void> {
  const error = await pushed.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (claimed === 'taken') expect(error).toBeUndefined();
  else expect(error).toBeInstanceOf(RegistryError);
  if (claimed === 'named') expect(missingDigests(error)).toEqual([digest]);
}
