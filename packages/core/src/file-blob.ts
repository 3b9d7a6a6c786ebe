import { createReadStream } from 'node:fs';
import { type FileHandle, open, readFile, stat } from 'node:fs/promises';
import type { BlobSource } from '@oci-matrix/distribution';
import { createDigester, type Descriptor, digestOf } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** A blob to push: what it is, and where its bytes come from as often as they are needed. */
export interface Blob {
  readonly descriptor: Descriptor;
  readonly source: BlobSource;
}

// A file up to this size, in bytes, is kept in memory: it is read once, and what is sent is what was digested.
const keptSize = 64 * 1024;

/** Digests a file once, in constant memory. The source of a large one refuses to open what has changed since (`FILE_CHANGED`). */
export async function blobFromFile(
  path: string,
  mediaType: string,
  more: Partial<Descriptor> = {},
): Promise<Blob> {
  const before = await stateOf(path);
  const size = Number(before.size);
  if (size <= keptSize) {
    const bytes = await readSmall(path, before);
    const source = { open: () => keptUnchanged(path, before, bytes) };
    return { descriptor: { ...more, mediaType, digest: digestOf(bytes), size }, source };
  }
  const digester = createDigester();
  for await (const chunk of readUnchanged(path, before, digestChunks)) digester.update(chunk);
  const source = { open: () => readUnchanged(path, before, chunksToSend) };
  return { descriptor: { ...more, mediaType, digest: digester.digest(), size }, source };
}

async function* keptUnchanged(
  path: string,
  before: FileState,
  bytes: Uint8Array,
): AsyncGenerator<Uint8Array> {
  await refuseChanged(path, before);
  yield bytes;
}

async function readSmall(path: string, before: FileState): Promise<Uint8Array> {
  const bytes = await readFile(path).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (bytes.byteLength !== Number(before.size)) throw changed(path);
  return bytes;
}

// As much as there was: what is appended meanwhile is seen at the end, like every other change.
async function* readUnchanged(
  path: string,
  before: FileState,
  chunks: (path: string, size: number) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  await refuseChanged(path, before);
  try {
    yield* chunks(path, Number(before.size));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  await refuseChanged(path, before);
}

const chunkSize = 1024 * 1024;

const chunksToSend = (path: string, size: number): AsyncIterable<Uint8Array> =>
  createReadStream(path, { highWaterMark: chunkSize, end: size - 1 });

/** Two buffers in turns: one is digested while the other is filled, which is as fast as the digest itself. */
async function* digestChunks(path: string, size: number): AsyncGenerator<Uint8Array> {
  await using file = await open(path);
  const buffers = [Buffer.allocUnsafeSlow(chunkSize), Buffer.allocUnsafeSlow(chunkSize)] as const;
  const read = (at: number): Promise<Uint8Array> =>
    fill(file, buffers[(at / chunkSize) % 2 === 0 ? 0 : 1].subarray(0, size - at), at);
  let reading = read(0);
  for (let at = 0; at < size; at += chunkSize) {
    const chunk = await reading;
    if (at + chunkSize < size) reading = read(at + chunkSize);
    yield chunk;
  }
}

// One read may bring less than there is.
async function fill(file: FileHandle, buffer: Uint8Array, at: number): Promise<Uint8Array> {
  let filled = 0;
  while (filled < buffer.byteLength) {
    const left = buffer.byteLength - filled;
    const { bytesRead } = await file.read(buffer, filled, left, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return buffer.subarray(0, filled);
}

interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

async function stateOf(path: string): Promise<FileState> {
  const found = await stat(path, { bigint: true }).catch((cause: unknown) => {
    throw unreadable(path, cause);
  });
  if (!found.isFile()) throw new MatrixError('FILE_NOT_FOUND', `${path} is not a regular file`);
  return found;
}

async function refuseChanged(path: string, before: FileState): Promise<void> {
  const now = await stateOf(path);
  const same = now.size === before.size && now.mtimeNs === before.mtimeNs && now.ino === before.ino;
  if (!same) throw changed(path);
}

const unreadable = (path: string, cause: unknown): MatrixError =>
  new MatrixError(
    'FILE_NOT_FOUND',
    `cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
    { cause, hint: 'Check the path, and that a step before this one makes the file.' },
  );

const changed = (path: string): MatrixError =>
  new MatrixError('FILE_CHANGED', `${path} changed while it was read`, {
    hint: 'Let the build finish before this step starts, and write to another file meanwhile.',
  });
