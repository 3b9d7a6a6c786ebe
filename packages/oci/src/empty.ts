import type { Descriptor } from './descriptor.ts';
import { mediaTypes } from './media-types.ts';

/** The content of the empty descriptor: two bytes. */
export const emptyBytes: Uint8Array<ArrayBuffer> = new TextEncoder().encode('{}');

/** https://github.com/opencontainers/image-spec/blob/v1.1.1/manifest.md#guidance-for-an-empty-descriptor */
export const emptyDescriptor: Descriptor = {
  mediaType: mediaTypes.empty,
  digest: 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a',
  size: 2,
};
