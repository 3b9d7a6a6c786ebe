import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { blobOf, bytesOf, newBlob, read } from './content.ts';
import { expectAbsent, expectClaimed } from './expectations.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

const sizes = {
  'no bytes': 0,
  'one byte': 1,
  '64 KiB': 64 * 1024,
  '300 kB': 300_000,
  '3 MiB': 3 * 1024 * 1024,
};

/** What becomes of the bytes of one blob. */
export function blobCases(target: Target): void {
  test.each(Object.entries(sizes))('a blob of %s is there once it is pushed', async (_, size) => {
    await using session = openSession(target);
    const { blobs } = session.repository;
    const blob = newBlob(size);

    const outcome = await blobs.push(blob.descriptor, blob.source);

    expect(outcome).toBe('uploaded');
    expect(await blobs.exists(blob.descriptor.digest)).toBe(true);
    expect((await read(session.repository, blob.descriptor)).equals(await bytesOf(blob))).toBe(
      true,
    );
  });

  test('a blob can be pushed again', async () => {
    await using session = openSession(target);
    const { descriptor, source } = newBlob();
    await session.repository.blobs.push(descriptor, source);

    await session.repository.blobs.push(descriptor, source);

    expect(await session.repository.blobs.exists(descriptor.digest)).toBe(true);
  });

  test('what is not what its descriptor says never gets into the registry', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const [said, sent] = [newBlob(400_000), newBlob(400_000)];

    const refused = repository.blobs.push(said.descriptor, sent.source);

    await expect(refused).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    for (const { digest } of [said.descriptor, sent.descriptor]) {
      await expectAbsent(target, repository.blobs.exists(digest), false);
    }
  });

  test('a blob of a sha512 digest is pushed and read, or refused', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const bytes = randomBytes(1000);
    const { descriptor, source } = blobOf(bytes, undefined, 'sha512');

    const pushed = repository.blobs.push(descriptor, source);

    await expectClaimed(target.claims.sha512, pushed, 400);
    if (target.claims.sha512) expect((await read(repository, descriptor)).equals(bytes)).toBe(true);
  });
}
