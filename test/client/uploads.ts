import { expect, test } from 'vitest';
import { newBlob, read } from './content.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

/** In how many requests blobs travel. */
export function uploadCases(target: Target): void {
  test('small blobs travel in one request each where the registry takes that, else in two', async () => {
    await using session = openSession(target);
    const { blobs } = session.repository;

    for (const { descriptor, source } of [newBlob(), newBlob(200_000), newBlob()]) {
      await blobs.push(descriptor, source);
    }

    expect(session.traffic().requests).toEqual(
      target.claims.singlePost
        ? { 'upload-whole': 3 }
        : { 'upload-whole': 1, 'upload-start': 2, 'upload-commit': 3 },
    );
  });

  test('a large blob travels in two requests, and once', async () => {
    await using session = openSession(target);
    const { descriptor, source } = newBlob(400_000);

    await session.repository.blobs.push(descriptor, source);

    expect(session.traffic()).toEqual({
      requests: { 'upload-start': 1, 'upload-commit': 1 },
      bytesSent: 400_000,
    });
  });

  test('many blobs can be pushed at once', async () => {
    await using session = openSession(target);
    const { blobs } = session.repository;
    const many = Array.from({ length: 20 }, (_, at) => newBlob(at * 5000));

    await Promise.all(many.map(({ descriptor, source }) => blobs.push(descriptor, source)));

    const found = await Promise.all(many.map(({ descriptor }) => blobs.exists(descriptor.digest)));
    expect(found).toEqual(many.map(() => true));
  });

  test('one blob can be pushed twice at once', async () => {
    await using session = openSession(target);
    const { blobs } = session.repository;
    const { descriptor, source } = newBlob(400_000);

    const outcomes = await Promise.all([1, 2].map(() => blobs.push(descriptor, source)));

    expect(outcomes).toEqual(['uploaded', 'uploaded']);
    expect((await read(session.repository, descriptor)).byteLength).toBe(400_000);
  });

  test.runIf(target.breakDownload)('a download that breaks goes on where it stopped', async () => {
    await using session = openSession(target);
    const { blobs, name } = session.repository;
    const { descriptor, source } = newBlob(1_000_000);
    await blobs.push(descriptor, source);
    session.traffic();
    target.breakDownload?.(name.repository, descriptor.digest, 600_000);

    const bytes = await read(session.repository, descriptor);

    expect(bytes.byteLength).toBe(descriptor.size);
    expect(session.traffic().requests).toEqual({ 'blob-fetch': 2 });
  });
}
