import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { BlobSource } from '@oci-matrix/distribution';
import { createDigester, type Descriptor } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** A blob to push: what it is, and where its bytes come from as often as they are needed. */
export interface Blob {
  readonly descriptor: Descriptor;
  readonly source: BlobSource;
}

const chunkSize = 1024 * 1024;

/** Digests a file once, in constant memory. Its source refuses to open what has changed since (`FILE_CHANGED`). */
export async function blobFromFile(
  path: string,
  mediaType: string,
  more: Partial<Descriptor> = {},
): Promise<Blob> {
  const before = await stateOf(path);
  const open = (): AsyncIterable<Uint8Array> => readUnchanged(path, before);
  const digester = createDigester();
  for await (const chunk of open()) digester.update(chunk);
  const size = Number(before.size);
  return { descriptor: { ...more, mediaType, digest: digester.digest(), size }, source: { open } };
}

// As much as there was: what is appended meanwhile is seen at the end, like every other change.
async function* readUnchanged(path: string, before: FileState): AsyncGenerator<Uint8Array> {
  await refuseChanged(path, before);
  if (before.size > 0n) yield* chunksOf(path, Number(before.size));
  await refuseChanged(path, before);
}

async function* chunksOf(path: string, size: number): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: chunkSize, end: size - 1 });
  } catch (cause) {
    throw unreadable(path, cause);
  }
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
