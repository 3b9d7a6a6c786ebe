import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import pMap from 'p-map';
import type { Blob } from './file-blob.ts';

export interface PushedBlob {
  readonly descriptor: Descriptor;
  readonly outcome: 'present' | 'uploaded' | 'mounted';
}

export interface PushBlobsOptions {
  readonly repository: Repository;
  readonly blobs: readonly Blob[];
  /** Blobs at a time. */
  readonly concurrency?: number;
  /** Told of each blob as it becomes present. */
  readonly onPushed?: (blob: PushedBlob) => void;
}

/** Makes every blob present in the repository, and says which of them had to travel; one answer for each distinct blob. */
export async function pushBlobs({
  repository,
  blobs,
  concurrency = 8,
  onPushed,
}: PushBlobsOptions): Promise<PushedBlob[]> {
  // Two layers with the same content are one blob: uploading it twice is a waste, and a race.
  const distinct = new Map(blobs.map((blob) => [blob.descriptor.digest, blob]));

  return pMap(
    distinct.values(),
    async ({ descriptor, source }) => {
      const outcome = (await repository.blobs.exists(descriptor.digest))
        ? 'present'
        : await repository.blobs.push(descriptor, source);
      onPushed?.({ descriptor, outcome });
      return { descriptor, outcome };
    },
    { concurrency },
  );
}
