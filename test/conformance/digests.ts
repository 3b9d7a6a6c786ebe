import { expect, test } from 'vitest';
import { encode, freshBytes } from './content.ts';
import { codesOf, strangeCodes } from './expectations.ts';
import { imageIn } from './images.ts';
import { endUpload, putManifest, sendChunk, startUpload } from './push.ts';
import { type Answer, locationOf, newRepository, type Repository } from './repository.ts';
import type { Target } from './target.ts';

const octets = { 'content-type': 'application/octet-stream' };

/** Content that does not have the digest it was sent with: distribution-spec v1.1.1, "Pushing blobs" and code-4. */
export function digestCases(target: Target): void {
  test.each([
    ['by POST and PUT', pushWhole],
    ['by a single POST', pushAtOnce],
    ['in chunks', pushInChunks],
    ['in chunks, of which the PUT has the last', pushLastChunk],
    ['as a stream', pushStream],
  ])('a blob of another digest is refused, pushed %s', async (_, push) => {
    const repository = newRepository(target);
    const other = repository.digestOf(freshBytes(10));

    const refused = await push(repository, other);

    const read = await repository.ask('GET', `blobs/${other}`);
    expect([refused.status, read.status]).toEqual([400, 404]);
    expectDigestInvalid(refused);
  });

  test('a manifest of another digest is refused', async () => {
    const repository = newRepository(target);
    const image = await imageIn(repository);
    const other = repository.digestOf(freshBytes(10));

    const refused = await putManifest(repository, other, image, encode(image));

    const read = await repository.ask('GET', `manifests/${other}`);
    expect([refused.status, read.status]).toEqual([400, 404]);
    expectDigestInvalid(refused);
  });

  test.each([
    ['has no algorithm', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['is too short', 'sha256:e3b0c442'],
    ['has an algorithm that nobody knows', 'abacus:e3b0c44298fc1c149afbf4c8996fb924'],
    ['is empty', ''],
  ])('an upload is not ended by a digest that %s', async (_, digest) => {
    const repository = newRepository(target);

    const refused = await endUpload(
      repository,
      await startUpload(repository),
      digest,
      freshBytes(10),
    );

    expect(refused.status).toBe(400);
    if (target.claims.specCodes) expect(strangeCodes(codesOf(refused))).toEqual([]);
  });
}

// The body of a refusal may be anything; a code that it gives must be the right one ("Error Codes").
const expectDigestInvalid = (refused: Answer): void =>
  expect(codesOf(refused).filter((code) => code !== 'DIGEST_INVALID')).toEqual([]);

async function pushWhole(repository: Repository, digest: string): Promise<Answer> {
  return await endUpload(repository, await startUpload(repository), digest, freshBytes(100));
}

async function pushAtOnce(repository: Repository, digest: string): Promise<Answer> {
  const bytes = freshBytes(100);
  const posted = await repository.ask('POST', `blobs/uploads/?digest=${digest}`, {
    headers: octets,
    body: bytes,
  });
  if (posted.status !== 202) return posted;
  return await endUpload(repository, locationOf(posted), digest, bytes);
}

async function pushInChunks(repository: Repository, digest: string): Promise<Answer> {
  const location = await startUpload(repository);
  const chunk = await sendChunk(repository, location, freshBytes(100), [0, 100]);
  return await endUpload(repository, locationOf(chunk), digest);
}

async function pushLastChunk(repository: Repository, digest: string): Promise<Answer> {
  const location = await startUpload(repository);
  // As large as the least chunk that a registry of these cases asks for.
  const chunk = await sendChunk(repository, location, freshBytes(5000), [0, 5000]);
  return await endUpload(repository, locationOf(chunk), digest, freshBytes(100));
}

async function pushStream(repository: Repository, digest: string): Promise<Answer> {
  const body = new Blob([freshBytes(100)]).stream();
  const location = await startUpload(repository);
  const streamed = await repository.ask('PATCH', location, { headers: octets, body });
  return await endUpload(repository, locationOf(streamed), digest);
}
