import { expect, test } from 'vitest';
import { freshBytes } from './content.ts';
import { expectBlob, testIf } from './expectations.ts';
import { endUpload, pushBlob, startUpload } from './push.ts';
import { locationOf, newRepository } from './repository.ts';
import type { Target } from './target.ts';

const octets = { 'content-type': 'application/octet-stream' };

/** distribution-spec v1.1.1, "Pushing a blob monolithically", and "Cancel a blob upload" of main. */
export function uploadCases(target: Target): void {
  singleBodies(target);
  sessions(target);
}

function singleBodies(target: Target): void {
  test(`a single POST with the whole blob is ${target.claims.singlePost ? 'all it takes' : 'the start of an upload'}`, async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);
    const digest = repository.digestOf(bytes);

    const posted = await repository.ask('POST', `blobs/uploads/?digest=${digest}`, {
      headers: octets,
      body: bytes,
    });

    expect(posted.status).toBe(target.claims.singlePost ? 201 : 202);
    if (posted.status === 202) await endUpload(repository, locationOf(posted), digest, bytes);
    await expectBlob(repository, bytes);
  });

  test('a blob whose size is not told in advance is pushed as one stream', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(150_000);
    const location = await startUpload(repository);

    const streamed = await repository.ask('PATCH', location, {
      headers: octets,
      body: new Blob([bytes]).stream(),
    });
    const ended = await endUpload(repository, locationOf(streamed), repository.digestOf(bytes));

    expect([streamed.status, ended.status]).toEqual([202, 201]);
    await expectBlob(repository, bytes);
  });

  test('an upload that is told its algorithm takes that digest', async () => {
    const repository = newRepository(target);
    const bytes = freshBytes(1000);
    // main, end-4c; an older registry ignores the parameter.
    const started = await repository.ask(
      'POST',
      `blobs/uploads/?digest-algorithm=${target.algorithm}`,
    );

    const ended = await endUpload(
      repository,
      locationOf(started),
      repository.digestOf(bytes),
      bytes,
    );

    expect([started.status, ended.status]).toEqual([202, 201]);
    await expectBlob(repository, bytes);
  });
}

function sessions(target: Target): void {
  test('uploads at the same time do not mix', async () => {
    const repository = newRepository(target);
    const blobs = Array.from({ length: 4 }, () => freshBytes(50_000));

    await Promise.all(blobs.map((bytes) => pushBlob(repository, bytes)));

    for (const bytes of blobs) await expectBlob(repository, bytes);
  });

  testIf(target, 'cancel')('an upload that is cancelled is gone', async () => {
    const repository = newRepository(target);
    const location = await startUpload(repository);

    const cancelled = await repository.ask('DELETE', location);

    const status = await repository.ask('GET', location);
    expect([cancelled.status, status.status]).toEqual([204, 404]);
  });
}
