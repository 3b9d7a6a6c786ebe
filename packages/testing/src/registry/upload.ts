import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type Algorithm,
  algorithmOf,
  createDigester,
  type Digest,
  type Digester,
} from '@oci-matrix/oci';
import type { BatchWriter } from './batch-writer.ts';
import type { Contents } from './contents.ts';
import { refusal } from './refusal.ts';
import type { State } from './state.ts';

/** A session that takes the content of one blob, in one body or several. */
export interface Upload {
  readonly id: string;
  readonly repository: string;
  readonly algorithm: Algorithm;
  readonly digester: Digester;
  /** Bytes that were received. */
  size: number;
  /** Bytes of the last chunk that came with a `Content-Range`. */
  lastChunk: number | undefined;
  /** How many PATCHes went well. */
  patches: number;
  /** Changes with every chunk, so that only the newest location works. */
  step: string;
  /** While a request's body goes into it. */
  busy: boolean;
}

/** Starts a session. The algorithm is a guess, which a commit may correct at the cost of reading the file again. */
export function startUpload(state: State, repository: string, algorithm: Algorithm): Upload {
  const id = randomUUID();
  const upload: Upload = {
    id,
    repository,
    algorithm,
    digester: createDigester(algorithm),
    size: 0,
    lastChunk: undefined,
    patches: 0,
    step: randomUUID(),
    busy: false,
  };
  state.uploads.set(id, upload);
  return upload;
}

/** Adds a body to the session; what came before the connection broke stays, so that a client may go on from there. */
export async function appendTo(
  { storage }: State,
  upload: Upload,
  body: AsyncIterable<Uint8Array>,
  bodyMax: number,
): Promise<void> {
  upload.busy = true;
  try {
    await using writer = await storage.contents.append(upload.id);
    await receiveInto(writer, upload, body, bodyMax);
  } finally {
    upload.busy = false;
  }
}

async function receiveInto(
  writer: BatchWriter,
  upload: Upload,
  body: AsyncIterable<Uint8Array>,
  bodyMax: number,
): Promise<void> {
  const limit = upload.size + bodyMax;
  try {
    for await (const chunk of body) {
      if (upload.size + chunk.byteLength > limit) throw bodyTooLarge(bodyMax);
      upload.digester.update(chunk);
      upload.size += chunk.byteLength;
      await writer.write(chunk);
    }
  } finally {
    await writer.flush();
  }
}

export const bodyTooLarge = (bodyMax: number) =>
  refusal(413, 'SIZE_INVALID', `the body has more than ${bodyMax} bytes`);

const mebibyte = 1024 * 1024;

/** Ends the session, and makes its content a blob of the repository if it has that digest. */
export async function commitUpload(state: State, upload: Upload, digest: Digest): Promise<void> {
  const { contents } = state.storage;
  state.uploads.delete(upload.id);
  const actual =
    algorithmOf(digest) === upload.algorithm
      ? upload.digester.digest()
      : await digestOfUpload(contents, upload, algorithmOf(digest));
  if (actual !== digest) {
    await contents.drop(upload.id);
    throw refusal(400, 'DIGEST_INVALID', `the content has digest ${actual}, not ${digest}`);
  }
  await checkStored(contents, upload);
  const { commitTime } = state.capabilities;
  if (commitTime > 0) await sleep((commitTime * upload.size) / mebibyte, undefined, { ref: false });
  await contents.keep(upload.id, digest);
  state.storage.open(upload.repository).blobs.set(digest, upload.size);
  state.counts.blobsUploaded += 1;
}

// What was received and digested may not have reached the disk, if that is full.
async function checkStored(contents: Contents, { id, size }: Upload): Promise<void> {
  const stored = await contents.sizeOf(id);
  if (stored === size) return;
  await contents.drop(id);
  throw new Error(`the disk has ${stored} of ${size} bytes`);
}

/** Ends the session, and drops what it received. */
export async function cancelUpload(state: State, upload: Upload): Promise<void> {
  state.uploads.delete(upload.id);
  await state.storage.contents.drop(upload.id);
}

async function digestOfUpload(
  contents: Contents,
  { id }: Upload,
  algorithm: Algorithm,
): Promise<Digest> {
  const digester = createDigester(algorithm);
  for await (const chunk of contents.read(id)) digester.update(chunk);
  return digester.digest();
}
