import { expect, test } from 'vitest';
import { freshBytes } from './content.ts';
import { expectBlob, testIf } from './expectations.ts';
import { endUpload, pushBlob, startUpload } from './push.ts';
import { locationOf, newRepository, type Repository } from './repository.ts';
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

  test.each([
    ['whole', (location: URL) => Promise.resolve(location)],
    ['as a stream', streamNothing],
  ] as const)('a blob of no bytes is pushed %s', async (_, fill) => {
    const repository = newRepository(target);
    const nothing = freshBytes(0);
    const location = await fill(await startUpload(repository), repository);

    const ended = await endUpload(repository, location, repository.digestOf(nothing), nothing);

    expect(ended.status).toBe(201);
    await expectBlob(repository, nothing);
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

  test('an algorithm that nobody knows is refused by a registry that looks at it', async () => {
    const repository = newRepository(target);

    const answer = await repository.ask('POST', 'blobs/uploads/?digest-algorithm=abacus');

    expect([202, 400]).toContain(answer.status);
  });
}

async function streamNothing(location: URL, repository: Repository): Promise<URL> {
  const body = new Blob([]).stream();
  const streamed = await repository.ask('PATCH', location, { headers: octets, body });
  expect(streamed.status).toBe(202);
  return locationOf(streamed);
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
    expect([cancelled.status, status.status]).toEqual([204, expect.toBeOneOf([400, 404])]);
  });
}
