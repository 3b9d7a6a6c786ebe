import { startRegistry } from '@oci-matrix/testing';
import { expect, test } from 'vitest';
import { amd64, arm64, bytesOf, indexOf, newBlob, newImage, read, send } from './content.ts';
import { copyBlob, copyImage } from './copy-image.ts';
import { expectSoon } from './expectations.ts';
import { openSession } from './session.ts';
import { everything, type Target } from './target.ts';

/** Content that comes from elsewhere: from another repository, or from a registry that does all that is asked of it. */
export function copyCases(target: Target): void {
  test('a blob is copied to another registry and back', async () => {
    await using other = await startRegistry();
    await using there = openSession({ host: other.host, claims: everything });
    await using here = openSession(target);
    const blob = newBlob(2_000_000);
    await there.repository.blobs.push(blob.descriptor, blob.source);
    const back = there.another();

    const outcomes = [
      await copyBlob(there.repository, here.repository, blob.descriptor),
      await copyBlob(here.repository, back, blob.descriptor),
    ];

    expect(outcomes).toEqual(['uploaded', 'uploaded']);
    expect((await read(back, blob.descriptor)).equals(await bytesOf(blob))).toBe(true);
  });

  test('an image of two platforms is copied from another registry, byte for byte', async () => {
    await using other = await startRegistry();
    await using there = openSession({ host: other.host, claims: everything });
    await using here = openSession(target);
    const plan = indexOf([amd64, arm64].map((platform) => newImage({ platform })));
    await send(there.repository, plan, ['1.0']);

    const copied = await copyImage(there.repository, here.repository, '1.0', ['1.0']);

    expect(copied.digest).toBe(plan.root.digest);
    const { manifests, blobs } = here.repository;
    await expectSoon(target, async () => (await manifests.resolve('1.0'))?.digest, copied.digest);
    const found = plan.blobs.map(({ descriptor }) => blobs.exists(descriptor.digest));
    expect(await Promise.all(found)).toEqual(plan.blobs.map(() => true));
  });

  test('an image is copied within the registry, its blobs by mount where that works', async () => {
    await using session = openSession(target);
    const [from, to] = [session.another(), session.repository];
    const plan = newImage();
    await send(from, plan);
    session.traffic();

    const copied = await copyImage(from, to, plan.root.digest);

    const { requests, bytesSent } = session.traffic();
    const bodies = plan.blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
    expect(copied.digest).toBe(plan.root.digest);
    expect(requests).toMatchObject({ 'manifest-fetch': 1, 'blob-mount': 2, 'manifest-push': 1 });
    expect(bytesSent).toBe(copied.size + (target.claims.mount ? 0 : bodies));
  });
}
