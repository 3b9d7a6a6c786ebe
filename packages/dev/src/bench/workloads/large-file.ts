import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { type Descriptor, mediaTypes, parseDigest } from '@oci-matrix/oci';
import { contentOf } from '../content.ts';

/** A file to push, and what names its content. */
export interface LargeFile {
  readonly path: string;
  readonly descriptor: Descriptor;
}

const portion = 8 * 1024 * 1024;

/** Writes a file of so many bytes; of a sparse one the first few alone, the rest is a hole. */
export async function writeLargeFile(
  path: string,
  size: number,
  isSparse: boolean,
): Promise<LargeFile> {
  const file = await open(path, 'w');
  try {
    for (let at = 0; at < (isSparse ? portion : size); at += portion) {
      await file.write(contentOf(`large ${at}`, Math.min(portion, size - at)));
    }
    await file.truncate(size);
    await file.sync();
  } finally {
    await file.close();
  }
  const digester = createHash('sha256');
  for await (const bytes of createReadStream(path, { highWaterMark: portion })) {
    digester.update(bytes);
  }
  const digest = parseDigest(`sha256:${digester.digest('hex')}`);
  return { path, descriptor: { mediaType: mediaTypes.imageLayerGzip, digest, size } };
}
