import { expect, test } from 'vitest';
import { newBlob, newImage, send } from './content.ts';
import { expectAbsent, expectClaimed, expectSoon } from './expectations.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

// What a registry that deletes nothing answers; distribution 2.8 does not take a tag for a digest, and so 400.
const declined = [400, 405];

/** What is deleted, where that is allowed. */
export function deleteCases(target: Target): void {
  const { deleteBlobs, deleteManifests, deleteTags, absentBlobDeletes } = target.claims;

  test('a tag is deleted alone, where tags can be', async () => {
    await using session = openSession(target);
    const { manifests, tags } = session.repository;
    const { digest } = await send(session.repository, newImage(), ['a', 'b']);

    await expectClaimed(deleteTags, manifests.delete('a'), ...declined);

    const left = deleteTags ? ['b'] : ['a', 'b'];
    await expectSoon(target, async () => (await Array.fromAsync(tags.list())).sort(), left);
    expect((await manifests.resolve(digest))?.digest).toBe(digest);
  });

  test('a manifest is deleted, where manifests can be', async () => {
    await using session = openSession(target);
    const { manifests } = session.repository;
    const { digest, ...more } = await send(session.repository, newImage());

    await expectClaimed(deleteManifests, manifests.delete(digest), ...declined);

    const left = manifests.resolve(digest);
    if (deleteManifests) await expectAbsent(target, left, undefined);
    else expect(await left).toEqual({ digest, ...more });
  });

  test('a blob is deleted, where blobs can be', async () => {
    await using session = openSession(target);
    const { blobs } = session.repository;
    const { descriptor, source } = newBlob();
    await blobs.push(descriptor, source);

    await expectClaimed(deleteBlobs, blobs.delete(descriptor.digest), ...declined);

    const left = blobs.exists(descriptor.digest);
    if (deleteBlobs) await expectAbsent(target, left, false);
    else expect(await left).toBe(true);
  });

  test('what is not there is deleted already', async () => {
    await using session = openSession(target);
    const { manifests, blobs } = session.repository;
    await send(session.repository, newImage());
    const { digest } = newBlob().descriptor;

    const manifest = manifests.delete(digest);
    if (deleteManifests) await expectAbsent(target, manifest, undefined);
    else await expectClaimed(false, manifest, ...declined);

    const blob = blobs.delete(digest);
    if (!deleteBlobs) await expectClaimed(false, blob, ...declined);
    else if (absentBlobDeletes === 'absent') await expectAbsent(target, blob, undefined);
    else await expectClaimed(false, blob, 500);
  });
}
