import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
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
  /** Repositories of the same registry that may have the blobs, the likeliest first. */
  readonly mountFrom?: readonly string[];
  /** True where the repository is known to be absent: then no blob is looked for. Found out unless given. */
  readonly noRepository?: boolean;
  /** Told of each blob as it becomes present. */
  readonly onPushed?: (blob: PushedBlob) => void;
}

// One request more is sent to find out, and of so many blobs all others but the first are then not looked for.
const worthAsking = 4;

/** Makes every blob present in the repository, and says which of them had to travel; one answer for each distinct blob. */
export async function pushBlobs(options: PushBlobsOptions): Promise<PushedBlob[]> {
  const { repository, blobs, concurrency = 8, mountFrom = [], onPushed } = options;
  // Two layers with the same content are one blob: uploading it twice is a waste, and a race.
  const distinct = new Map(blobs.map((blob) => [blob.descriptor.digest, blob]));

  const { first, noRepository } = await askFirst(options, [...distinct.keys()]);
  const isThere = async (digest: Digest): Promise<boolean> =>
    !noRepository && (digest === first?.digest ? first.present : repository.blobs.exists(digest));

  return pMap(
    distinct.values(),
    async ({ descriptor, source }) => {
      const outcome = (await isThere(descriptor.digest))
        ? 'present'
        : await repository.blobs.push(descriptor, source, { mountFrom });
      onPushed?.({ descriptor, outcome });
      return { descriptor, outcome };
    },
    { concurrency },
  );
}

interface FirstAnswer {
  readonly first?: { readonly digest: Digest; readonly present: boolean };
  readonly noRepository: boolean;
}

/** Looks for the first blob before the others, where a repository that is absent makes it worth another request. */
async function askFirst(
  { repository, noRepository }: PushBlobsOptions,
  digests: readonly Digest[],
): Promise<FirstAnswer> {
  const [digest] = digests;
  if (noRepository !== undefined) return { noRepository };
  if (digest === undefined || digests.length < worthAsking) return { noRepository: false };
  const presence = await repository.blobs.presence(digest);
  const first = { digest, present: presence === 'present' };
  return { first, noRepository: presence === 'no-repository' };
}
