import type { Descriptor } from '@oci-matrix/oci';
import { expect } from 'vitest';
import { type Document, describeBytes, encode } from './content.ts';
import {
  type Answer,
  type Bytes,
  locationOf,
  type Repository,
  withParameter,
} from './repository.ts';

const octets = { 'content-type': 'application/octet-stream' };

/** Starts an upload (end-4a of distribution-spec v1.1.1), and gives its location. */
export async function startUpload(repository: Repository): Promise<URL> {
  const started = await repository.ask('POST', 'blobs/uploads/');
  expect(started.status).toBe(202);
  return locationOf(started);
}

/** Ends an upload (end-6), with what is left of the content as its body. */
export const endUpload = (
  repository: Repository,
  location: URL,
  digest: string,
  body?: Bytes,
): Promise<Answer> =>
  repository.ask(
    'PUT',
    withParameter(location, 'digest', digest),
    body === undefined ? {} : { headers: octets, body },
  );

/** Pushes a blob by POST and PUT, and insists that it was taken. */
export async function pushBlob(repository: Repository, bytes: Bytes): Promise<Answer> {
  const location = await startUpload(repository);
  const pushed = await endUpload(repository, location, repository.digestOf(bytes), bytes);
  expect(pushed.status).toBe(201);
  return pushed;
}

/** Sends the bytes from `start` up to `end` as a chunk (end-5). */
export const sendChunk = (
  repository: Repository,
  location: URL,
  whole: Bytes,
  [start, end]: readonly [number, number],
): Promise<Answer> =>
  repository.ask('PATCH', location, {
    headers: { ...octets, 'content-range': `${start}-${end - 1}` },
    body: whole.slice(start, end),
  });

/** Puts a manifest at a reference (end-7), without a look at the answer. */
export const putManifest = (
  repository: Repository,
  reference: string,
  { mediaType }: Document,
  bytes: Bytes,
): Promise<Answer> =>
  repository.ask('PUT', `manifests/${reference}`, {
    headers: { 'content-type': mediaType },
    body: bytes,
  });

/** Pushes a manifest by its digest, insists that it was taken, and describes it. */
export async function pushManifest(
  repository: Repository,
  document: Document,
): Promise<Descriptor> {
  const bytes = encode(document);
  const descriptor = describeBytes(repository, bytes, document.mediaType);
  const pushed = await putManifest(repository, descriptor.digest, document, bytes);
  expect(pushed.status).toBe(201);
  return descriptor;
}

/** Pushes a manifest to a tag, and insists that it was taken. */
export async function pushTag(
  repository: Repository,
  tag: string,
  document: Document,
): Promise<Answer> {
  const pushed = await putManifest(repository, tag, document, encode(document));
  expect(pushed.status).toBe(201);
  return pushed;
}

/** What a GET of each path answers. */
export const statusesOf = async (
  repository: Repository,
  ...paths: readonly string[]
): Promise<number[]> =>
  await Promise.all(paths.map(async (path) => (await repository.ask('GET', path)).status));
