import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip, createZstdCompress } from 'node:zlib';
import { type Digest, parseDigest } from '@oci-matrix/oci';
import { contentOf } from '../content.ts';

export type Packing = 'gzip' | 'zstd';

/** A layer in a file, as a registry would send it. */
export interface LayerFile {
  readonly path: string;
  readonly digest: Digest;
  /** In bytes, packed. */
  readonly size: number;
}

export interface LayerShape {
  readonly packing: Packing;
  /** In bytes, unpacked. */
  readonly size: number;
  /** One part in so many is noise, the rest is zeros. */
  readonly noise: number;
}

const portion = 64 * 1024;
const portionsInFile = 64;

/** Writes a layer of files of 4 MiB. */
export async function writeLayer(path: string, shape: LayerShape): Promise<LayerFile> {
  const packer = shape.packing === 'gzip' ? createGzip() : createZstdCompress();
  await pipeline(tarOf(shape), packer, createWriteStream(path));
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  const { size } = await stat(path);
  return { path, digest: parseDigest(`sha256:${hash.digest('hex')}`), size };
}

function* tarOf({ size, noise }: LayerShape): Generator<Buffer> {
  const zeros = Buffer.alloc(portion);
  const portions = Math.floor(size / portion);
  for (let at = 0; at < portions; at += 1) {
    const left = Math.min(portionsInFile, portions - at);
    if (at % portionsInFile === 0) yield headerOf(`files/${at}`, left * portion);
    yield at % noise === 0 ? contentOf(`portion ${at}`, portion) : zeros;
  }
  yield Buffer.alloc(1024);
}

// https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html#tag_20_94_13_06
function headerOf(name: string, size: number): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write(`${' '.repeat(8)}0`, 148);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}
