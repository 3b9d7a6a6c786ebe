import { descriptorOf } from '@oci-matrix/oci';
import type { Blob } from '../file-blob.ts';

/** A blob of this text. */
export function blobOf(text: string, mediaType: string, title?: string): Blob {
  const bytes = new TextEncoder().encode(text);
  const annotations = { 'org.opencontainers.image.title': title ?? '' };
  return {
    descriptor: descriptorOf(bytes, mediaType, title === undefined ? {} : { annotations }),
    source: {
      async *open() {
        yield bytes;
      },
    },
  };
}
