import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createZstdDecompress } from 'node:zlib';
import {
  algorithmOf,
  createDigester,
  type Descriptor,
  type Digest,
  mediaTypes,
} from '@oci-matrix/oci';
import type { Archive } from './archive.ts';
import type { ArchivedBlob } from './docker-archive-image.ts';
import type { MatrixError } from './error.ts';

// Docker and podman write layers as they are; crane, apko and Jib write them as they go to a registry.
const compressions = [
  { magic: '1f8b', mediaType: mediaTypes.imageLayerGzip, open: createGunzip },
  { magic: '28b52ffd', mediaType: mediaTypes.imageLayerZstd, open: createZstdDecompress },
] as const;

type Compression = (typeof compressions)[number];

/**
 * A layer of an archive, pushed as it lies there. One that is not compressed has its diffID for a digest, which is checked while
 * it is sent; of a compressed one the diffID is checked here.
 */
export async function readArchivedLayer(
  archive: Archive,
  path: string,
  diffId: Digest,
  refuse: (reason: string) => MatrixError,
): Promise<{ readonly descriptor: Descriptor; readonly blob: ArchivedBlob }> {
  const size = archive.size(path);
  if (size === undefined) throw refuse(`the layer ${path} is missing`);
  const blob = { size, open: () => archive.open(path) };
  const magic = await firstBytes(blob.open());
  const compression = compressions.find((each) => magic.startsWith(each.magic));
  if (compression === undefined) {
    return { descriptor: { mediaType: mediaTypes.imageLayer, digest: diffId, size }, blob };
  }
  const { digest, unpacked } = await digestBoth(blob, compression, algorithmOf(diffId)).catch(
    (cause: unknown) => {
      throw refuse(`the layer ${path} cannot be decompressed: ${String(cause)}`);
    },
  );
  if (unpacked !== diffId)
    throw refuse(`the layer ${path} has the diffID ${unpacked}, not ${diffId}`);
  return { descriptor: { mediaType: compression.mediaType, digest, size }, blob };
}

async function firstBytes(source: AsyncIterable<Uint8Array>): Promise<string> {
  for await (const chunk of source) return Buffer.from(chunk.subarray(0, 4)).toString('hex');
  return '';
}

async function digestBoth(
  blob: ArchivedBlob,
  compression: Compression,
  algorithm: ReturnType<typeof algorithmOf>,
): Promise<{ digest: Digest; unpacked: Digest }> {
  const packed = createDigester();
  const unpacked = createDigester(algorithm);
  const tap = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of blob.open()) {
      packed.update(chunk);
      yield chunk;
    }
  };
  await pipeline(Readable.from(tap()), compression.open(), async (plain) => {
    for await (const chunk of plain) unpacked.update(chunk);
  });
  return { digest: packed.digest(), unpacked: unpacked.digest() };
}
