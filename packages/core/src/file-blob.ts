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
  const digester = createDigester();
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: chunkSize })) {
    digester.update(chunk as Uint8Array);
    size += (chunk as Uint8Array).byteLength;
  }
  await refuseChanged(path, before);
  if (BigInt(size) !== before.size) throw changed(path);
  return {
    descriptor: { ...more, mediaType, digest: digester.digest(), size },
    source: {
      async *open() {
        await refuseChanged(path, before);
        yield* createReadStream(path, { highWaterMark: chunkSize });
      },
    },
  };
}

interface FileState {
  readonly size: bigint;
  readonly mtimeNs: bigint;
  readonly ino: bigint;
}

async function stateOf(path: string): Promise<FileState> {
  const found = await stat(path, { bigint: true }).catch((cause: unknown) => {
    throw new MatrixError('FILE_NOT_FOUND', `cannot read ${path}`, { cause });
  });
  if (!found.isFile()) throw new MatrixError('FILE_NOT_FOUND', `${path} is not a regular file`);
  return found;
}

async function refuseChanged(path: string, before: FileState): Promise<void> {
  const now = await stateOf(path);
  const same = now.size === before.size && now.mtimeNs === before.mtimeNs && now.ino === before.ino;
  if (!same) throw changed(path);
}

const changed = (path: string): MatrixError =>
  new MatrixError('FILE_CHANGED', `${path} changed while it was read`, {
    hint: 'Let the build finish before this step starts, and write to another file meanwhile.',
  });
