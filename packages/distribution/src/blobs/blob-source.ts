import type { Descriptor } from '@oci-matrix/oci';
import { bytesBody, type RequestBody, streamBody } from '../transport/body.ts';
import { collect, verified } from '../verified.ts';

/** Where the bytes of a blob come from. It can be opened again, since an upload may have to start again. */
export interface BlobSource {
  /** Each chunk is good until the one after the next is asked for: a source may fill the same few buffers in turns. */
  open(): AsyncIterable<Uint8Array>;
}

/** A blob up to this size, in bytes, is held in memory and takes no turn among the large ones. */
export const smallBlobSize = 64 * 1024;

/** What errors call the source of a blob. */
export const sourceName = ({ digest }: Descriptor): string => `the source of blob ${digest}`;

/** The body of an upload: verified while it is sent, or before that if it is small. */
export async function blobBody(
  descriptor: Descriptor,
  source: BlobSource,
  onProgress?: (bytes: number) => void,
): Promise<RequestBody> {
  const open = (): AsyncIterable<Uint8Array> =>
    verified(descriptor, source.open(), sourceName(descriptor));
  if (descriptor.size > smallBlobSize) return streamBody(descriptor.size, open, onProgress);
  return bytesBody(await collect(open()));
}
