import { readFile, stat } from 'node:fs/promises';
import type { BlobSource } from '@oci-matrix/distribution';
import { createDigester, type Descriptor, digestOf } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import { readChunks } from './read-chunks.ts';

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
  for await (const chunk of readUnchanged(path, before)) digester.update(chunk);
  const source = { open: () => readUnchanged(path, before) };
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
async function* readUnchanged(path: string, before: FileState): AsyncGenerator<Uint8Array> {
  await refuseChanged(path, before);
  try {
    yield* readChunks(path, 0, Number(before.size));
  } catch (cause) {
    throw unreadable(path, cause);
  }
  await refuseChanged(path, before);
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
