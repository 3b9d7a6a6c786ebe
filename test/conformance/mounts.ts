import { type Digest, digestOf } from '@oci-matrix/oci';
import { expect, test } from 'vitest';
import { freshBytes } from './content.ts';
import { expectBlob } from './expectations.ts';
import { endUpload, pushBlob } from './push.ts';
import {
  type Answer,
  type Bytes,
  locationOf,
  newRepository,
  type Repository,
} from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Mounting a blob from another repository". */
export function mountCases(target: Target): void {
  const outcome = (claimed: boolean): string => (claimed ? 'mounted' : 'an upload instead');

  test(`a blob of the repository that is named is ${outcome(target.claims.mount)}`, async () => {
    const [source, repository] = [newRepository(target), newRepository(target)];
    const bytes = freshBytes(1000);
    await pushBlob(source, bytes);

    const answer = await mount(repository, source.digestOf(bytes), source.name);

    await expectMounted(repository, bytes, answer, target.claims.mount);
  });

  test(`a blob of a repository that is not named is ${outcome(target.claims.anonymousMount)}`, async () => {
    const [source, repository] = [newRepository(target), newRepository(target)];
    const bytes = freshBytes(1000);
    await pushBlob(source, bytes);

    const answer = await mount(repository, source.digestOf(bytes));

    await expectMounted(repository, bytes, answer, target.claims.anonymousMount);
  });

  test('a mount of what is not there starts an upload', async () => {
    const [source, repository] = [newRepository(target), newRepository(target)];
    await pushBlob(source, freshBytes(10));
    const bytes = freshBytes(1000);

    const answer = await mount(repository, repository.digestOf(bytes), source.name);

    await expectMounted(repository, bytes, answer, false);
  });

  test('a mount from a repository that is not there starts an upload', async () => {
    const [source, repository] = [newRepository(target), newRepository(target)];
    const bytes = freshBytes(1000);

    const answer = await mount(repository, digestOf(bytes, target.algorithm), source.name);

    await expectMounted(repository, bytes, answer, false);
  });
}

const mount = (repository: Repository, digest: Digest, from?: string): Promise<Answer> =>
  repository.ask(
    'POST',
    `blobs/uploads/?mount=${digest}${from === undefined ? '' : `&from=${from}`}`,
  );

async function expectMounted(
  repository: Repository,
  bytes: Bytes,
  answer: Answer,
  mounted: boolean,
): Promise<void> {
  expect(answer.status).toBe(mounted ? 201 : 202);
  const location = locationOf(answer);
  if (mounted) {
    const pulled = await repository.ask('GET', location);
    expect([pulled.status, pulled.bytes]).toEqual([200, bytes]);
  } else {
    const ended = await endUpload(repository, location, repository.digestOf(bytes), bytes);
    expect(ended.status).toBe(201);
  }
  await expectBlob(repository, bytes);
}
