import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';

/** Makes a small blob present that is held in memory, and most likely new. */
export async function pushBytes(
  { blobs }: Repository,
  descriptor: Descriptor,
  bytes: Uint8Array,
  signal: AbortSignal | undefined,
): Promise<void> {
  await blobs.ensure(descriptor, { open: () => once(bytes) }, { unasked: true, signal });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
