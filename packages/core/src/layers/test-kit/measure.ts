import { descriptorOf, mediaTypes } from '@oci-matrix/oci';
import { type MeasuredLayer, type MeasureLayerOptions, measureLayer } from '../measure-layer.ts';

/** Gives bytes in chunks of one size, each in memory that is used again for the next but one. */
export async function* inChunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const memory = [Buffer.alloc(size), Buffer.alloc(size)];
  for (let at = 0; at < bytes.byteLength; at += size) {
    const chunk = memory[(at / size) % 2] ?? Buffer.alloc(size);
    yield chunk.subarray(
      0,
      chunk.fill(0) && Buffer.from(bytes.subarray(at, at + size)).copy(chunk),
    );
  }
}

/** Measures a layer that is in memory: above others, in blocks of 4096 and 1024 bytes, for overlay2, unless something else is said. */
export const measure = (
  bytes: Uint8Array,
  options: Partial<MeasureLayerOptions> = {},
): Promise<MeasuredLayer> =>
  measureLayer({
    descriptor: descriptorOf(bytes, mediaTypes.imageLayerGzip),
    open: () => inChunks(bytes, 1000),
    blockSizes: [4096, 1024],
    store: 'overlay2',
    isBase: false,
    ...options,
  });
