import { expect, test } from 'vitest';
import { freshBytes } from './content.ts';
import { expectBlob, testIf } from './expectations.ts';
import { endUpload, sendChunk } from './push.ts';
import {
  type Answer,
  type Bytes,
  locationOf,
  newRepository,
  type Repository,
  withParameter,
} from './repository.ts';
import type { Target } from './target.ts';

/** distribution-spec v1.1.1, "Pushing a blob in chunks". */
export function chunkCases(target: Target): void {
  chunksInOrder(target);
  chunksOutOfOrder(target);
}

function chunksInOrder(target: Target): void {
  test('a blob is pushed in chunks, each to the location of the one before', async () => {
    const { repository, location, bytes, size } = await threeChunks(target);

    const first = await sendChunk(repository, location, bytes, [0, size]);
    const second = await sendChunk(repository, locationOf(first), bytes, [size, 2 * size]);
    const third = await sendChunk(repository, locationOf(second), bytes, [2 * size, 3 * size]);
    const ended = await endUpload(repository, locationOf(third), repository.digestOf(bytes));

    const chunks = [first, second, third];
    expect(chunks.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(chunks.map(({ headers }) => headers.get('range'))).toEqual(
      [size, 2 * size, 3 * size].map((end) => `0-${end - 1}`),
    );
    expect(ended.status).toBe(201);
    await expectBlob(repository, bytes);
  });

  test('the last chunk may come with the PUT that ends the upload', async () => {
    const { repository, location, bytes, size } = await threeChunks(target);
    const first = await sendChunk(repository, location, bytes, [0, 2 * size]);
    const digest = repository.digestOf(bytes);

    const ended = await endUpload(repository, locationOf(first), digest, bytes.slice(2 * size));

    expect(ended.status).toBe(201);
    await expectBlob(repository, bytes);
  });

  test('an upload says where it is, and goes on from there', async () => {
    const { repository, location, bytes, size } = await threeChunks(target);
    const first = await sendChunk(repository, location, bytes, [0, size]);

    const status = await repository.ask('GET', locationOf(first));

    expect([status.status, status.headers.get('range')]).toEqual([204, `0-${size - 1}`]);
    const rest = bytes.slice(size);
    await endUpload(repository, locationOf(status), repository.digestOf(bytes), rest);
    await expectBlob(repository, bytes);
  });
}

function chunksOutOfOrder(target: Target): void {
  testIf(target, 'chunkOrder')('a first chunk that does not start at byte 0 is a 416', async () => {
    const { repository, location, bytes, size } = await threeChunks(target);

    const refused = await sendChunk(repository, location, bytes, [size, 2 * size]);

    expect(refused.status).toBe(416);
  });

  testIf(target, 'chunkOrder').each([
    ['leaves a gap', 2],
    ['comes twice', 0],
  ])('a chunk that %s is a 416, and the upload goes on from where it was', async (_, position) => {
    const { repository, location, bytes, size } = await threeChunks(target);
    const first = await sendChunk(repository, location, bytes, [0, size]);
    const range = [position * size, (position + 1) * size] as const;

    const refused = await sendChunk(repository, locationOf(first), bytes, range);

    const status = await repository.ask('GET', locationOf(first));
    expect([refused.status, status.status]).toEqual([416, 204]);
    expect(status.headers.get('range')).toBe(`0-${size - 1}`);
    const rest = bytes.slice(size);
    await endUpload(repository, locationOf(status), repository.digestOf(bytes), rest);
    await expectBlob(repository, bytes);
  });

  testIf(target, 'chunkOrder')(
    'a chunk that is sent again where it went before is a 416, and the upload still says where it is',
    async () => {
      const { repository, location, bytes, size } = await threeChunks(target);
      await sendChunk(repository, location, bytes, [0, size]);

      const again = await sendChunk(repository, location, bytes, [0, size]);

      const status = await repository.ask('GET', location);
      expect([again.status, status.status]).toEqual([416, 204]);
      expect(status.headers.get('range')).toBe(`0-${size - 1}`);
      const rest = bytes.slice(size);
      await endUpload(repository, locationOf(status), repository.digestOf(bytes), rest);
      await expectBlob(repository, bytes);
    },
  );

  testIf(
    target,
    'chunkOrder',
    'lastChunkOrder',
  )('a last chunk out of order is a 416, and the upload ends with the right one', async () => {
    const { repository, location, bytes, size } = await threeChunks(target);
    const first = await sendChunk(repository, location, bytes, [0, size]);

    const refused = await endWithChunk(repository, locationOf(first), bytes, 2 * size);

    const status = await repository.ask('GET', locationOf(first));
    const ended = await endWithChunk(repository, locationOf(status), bytes, size);
    expect([refused.status, ended.status]).toEqual([416, 201]);
    await expectBlob(repository, bytes);
  });
}

/** Ends an upload with the bytes from `start` on, as a chunk. */
const endWithChunk = (
  repository: Repository,
  location: URL,
  bytes: Bytes,
  start: number,
): Promise<Answer> =>
  repository.ask('PUT', withParameter(location, 'digest', repository.digestOf(bytes)), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `${start}-${bytes.byteLength - 1}`,
    },
    body: bytes.slice(start),
  });

/** An upload, and content for three chunks of a size that the registry takes. */
async function threeChunks(target: Target) {
  const repository = newRepository(target);
  const started = await repository.ask('POST', 'blobs/uploads/');
  const size = Math.max(1000, Number(started.headers.get('oci-chunk-min-length') ?? 0));
  return { repository, location: locationOf(started), size, bytes: freshBytes(3 * size) };
}
