import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor, ImageManifest, Platform } from '@oci-matrix/oci';
import { imageEntry } from './image-entry.ts';
import { refuseNotRunnable } from './runnable.ts';

/** The index entry of an image that is in a repository; refuses one that no runtime can unpack. */
export async function pushedEntry(
  { blobs }: Repository,
  pushed: { readonly image: ImageManifest; readonly descriptor: Descriptor },
  given?: Platform,
): Promise<Descriptor> {
  refuseNotRunnable(pushed.image);
  return imageEntry(pushed, given, (config, limit) => blobs.fetchBytes(config, limit));
}
