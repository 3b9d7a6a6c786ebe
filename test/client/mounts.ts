import { expect, test } from 'vitest';
import { newBlob, read } from './content.ts';
import { openSession } from './session.ts';
import type { Target } from './target.ts';

/** Blobs that another repository of the registry has. */
export function mountCases(target: Target): void {
  const { mount } = target.claims;

  test('a blob of another repository is mounted, and sent only where the registry does not mount', async () => {
    await using session = openSession(target);
    const { repository } = session;
    const base = session.another();
    const { descriptor, source } = newBlob(300_000);
    await base.blobs.push(descriptor, source);
    session.traffic();

    const outcome = await repository.blobs.push(descriptor, source, {
      mountFrom: [base.name.repository],
    });

    const sent = { requests: { 'blob-mount': 1, 'upload-commit': 1 }, bytesSent: 300_000 };
    const mounted = { requests: { 'blob-mount': 1 }, bytesSent: 0 };
    expect(outcome).toBe(mount ? 'mounted' : 'uploaded');
    expect(session.traffic()).toEqual(mount ? mounted : sent);
    expect((await read(repository, descriptor)).byteLength).toBe(300_000);
  });

  test('a blob that the other repository does not have is sent', async () => {
    await using session = openSession(target);
    const base = session.another();
    const [there, missing] = [newBlob(), newBlob()];
    await base.blobs.push(there.descriptor, there.source);

    const outcome = await session.repository.blobs.push(missing.descriptor, missing.source, {
      mountFrom: [base.name.repository],
    });

    expect(outcome).toBe('uploaded');
    expect(await session.repository.blobs.exists(missing.descriptor.digest)).toBe(true);
  });

  test('of several repositories the one that has the blob is found', async () => {
    await using session = openSession(target);
    const [empty, base] = [session.another(), session.another()];
    const { descriptor, source } = newBlob();
    await base.blobs.push(descriptor, source);

    const outcome = await session.repository.blobs.push(descriptor, source, {
      mountFrom: [empty.name.repository, base.name.repository],
    });

    expect(outcome).toBe(mount ? 'mounted' : 'uploaded');
    expect(await session.repository.blobs.exists(descriptor.digest)).toBe(true);
  });
}
