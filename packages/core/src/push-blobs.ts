import type { EnsuredBlob, Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import type { Blob } from './file-blob.ts';

export interface PushedBlob {
  readonly descriptor: Descriptor;
  readonly outcome: EnsuredBlob;
}

export interface PushBlobsOptions {
  readonly repository: Repository;
  readonly blobs: readonly Blob[];
  /** Long transfers at a time; eight times as many short ones. */
  readonly concurrency?: number | undefined;
  /** Repositories of the same registry that may have the blobs, the likeliest first. */
  readonly mountFrom?: readonly string[] | undefined;
  /** What is known to be in the repository. */
  readonly known?: ReadonlySet<Digest>;
  /** True where most blobs are likely to be absent: several small ones are then sent without a look, where one request does it. */
  readonly likelyNew?: boolean;
  /** True where the repository is known to be absent: then no blob is looked for. */
  readonly noRepository?: boolean;
  /** Told of each blob as it becomes present. */
  readonly onPushed?: (blob: PushedBlob) => void;
}

/** Makes every blob present in the repository, and says which of them had to travel; one answer for each distinct blob. */
export async function pushBlobs(options: PushBlobsOptions): Promise<PushedBlob[]> {
  const { repository, blobs, mountFrom = [], noRepository = false } = options;
  // Two layers with the same content are one blob: uploading it twice is a waste, and a race.
  const distinct = new Map(blobs.map((blob) => [blob.descriptor.digest, blob]));
  const unknown = [...distinct.keys()].filter((digest) => !options.known?.has(digest));
  const unasked = (options.likelyNew ?? false) && unknown.length >= several;
  const how = { mountFrom, absent: noRepository, unasked };
  const pushed = await pMap(
    smallestFirst([...distinct.values()]),
    async ({ descriptor, source }) => {
      const outcome = options.known?.has(descriptor.digest)
        ? 'present'
        : await repository.blobs.ensure(descriptor, source, how);
      options.onPushed?.({ descriptor, outcome });
      return { descriptor, outcome };
    },
    { concurrency: 8 * (options.concurrency ?? 4) },
  );
  const outcomes = new Map(pushed.map((blob) => [blob.descriptor.digest, blob]));
  return [...distinct.keys()].flatMap((digest) => outcomes.get(digest) ?? []);
}

// From so many on it pays to find out whether small ones can go in one request each.
const several = 4;

// Empty ones, such as the empty config, are in most repositories already, and teach the client nothing.
const emptySize = 2;

/** The smallest blob in front, since the client finds out with the first one what a registry takes in one request. */
function smallestFirst(blobs: readonly Blob[]): readonly Blob[] {
  const sizes = blobs.map(({ descriptor }) => descriptor.size).filter((size) => size > emptySize);
  const first = blobs.find(({ descriptor }) => descriptor.size === Math.min(...sizes));
  return first === undefined ? blobs : [first, ...blobs.filter((blob) => blob !== first)];
}
