import { RegistryError } from '@oci-matrix/distribution';
import { describe, expect, test } from 'vitest';
import { indexOf, newBlob, newImage, send, sendBlobs } from '../client/content.ts';
import { concurrentReferrerCases } from '../client/referrers.ts';
import { openSession } from '../client/session.ts';
import type { Target } from '../client/target.ts';
import { uploadCases } from '../client/uploads.ts';
import { clientSuiteOf } from './client-suite.ts';
import { commonTopics } from './client-topics.ts';

const lacks = { mount: false, multiTag: false, referrers: false, sha512: false };

// What it makes of incomplete manifests and of deletes is its own, and below.
await clientSuiteOf('crane', lacks, (name, target) => {
  describe(name, () => {
    commonTopics(target);
    concurrentReferrerCases(target);
    uploadCases(target);
    refusals(target);
    deletes(target);
  });
});

function refusals(target: Target): void {
  test('an image that names a blob which is not there is taken', async () => {
    await using session = openSession(target);
    const plan = newImage();
    await sendBlobs(session.repository, { ...plan, blobs: plan.blobs.slice(1) });

    const pushed = await send(session.repository, { ...plan, blobs: [] });

    expect(pushed.digest).toBe(plan.root.digest);
  });

  test('an index that names a manifest which is not there is refused', async () => {
    await using session = openSession(target);
    const index = indexOf([newImage()]);

    const pushed = send(session.repository, { ...index, manifests: index.manifests.slice(-1) });

    await expect(pushed).rejects.toBeInstanceOf(RegistryError);
  });
}

function deletes(target: Target): void {
  test('a manifest and a blob that are there are deleted', async () => {
    await using session = openSession(target);
    const { manifests, blobs } = session.repository;
    const { descriptor, source } = newBlob();
    await blobs.push(descriptor, source);
    const { digest } = await send(session.repository, newImage());

    await manifests.delete(digest);
    await blobs.delete(descriptor.digest);

    expect(await manifests.resolve(digest)).toBeUndefined();
    expect(await blobs.exists(descriptor.digest)).toBe(false);
  });

  test('a blob that is not there cannot be deleted, and its 500 is passed on', async () => {
    await using session = openSession(target);

    const deleted = session.repository.blobs.delete(newBlob().descriptor.digest);

    await expect(deleted).rejects.toMatchObject({ status: 500 });
  });
}
