import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from './error.ts';
import type { ImagePlan } from './image-plan.ts';
import { type PushedBlob, pushBlobs } from './push-blobs.ts';

export interface PushImageOptions {
  readonly repository: Repository;
  readonly plan: ImagePlan;
  readonly tags?: readonly string[];
  readonly concurrency?: number;
  readonly onPushed?: (blob: PushedBlob) => void;
}

/** Pushes a plan: its blobs, its manifests by digest with the children first, then the tags. Says what had to travel. */
export async function pushImage({
  repository,
  plan,
  tags = [],
  concurrency = 8,
  onPushed,
}: PushImageOptions): Promise<PushedBlob[]> {
  await refuseAbsentBlobs(repository, plan.present);
  const progress = onPushed === undefined ? {} : { onPushed };
  const pushed = await pushBlobs({ repository, blobs: plan.blobs, concurrency, ...progress });

  for (const { descriptor, bytes } of plan.manifests) {
    await repository.manifests.push(bytes, descriptor.mediaType);
    const named = descriptor.digest === plan.root.digest ? tags : [];
    for (const tag of named) await repository.manifests.push(bytes, descriptor.mediaType, { tag });
  }
  return [
    ...pushed,
    ...plan.present.map((descriptor) => ({ descriptor, outcome: 'present' as const })),
  ];
}

async function refuseAbsentBlobs(
  repository: Repository,
  descriptors: readonly Descriptor[],
): Promise<void> {
  const found = await pMap(descriptors, ({ digest }) => repository.blobs.exists(digest), {
    concurrency: 16,
  });
  const absent = descriptors.filter((_, at) => !found[at]).map(({ digest }) => digest);
  if (absent.length === 0) return;
  throw new MatrixError(
    'BLOB_UNKNOWN',
    `${absent.length} of the descriptors name blobs that ${repository.name.registry}/${repository.name.repository} does not have: ${absent.join(', ')}`,
    {
      hint: 'Push them with push-blobs to the same image first, and pass its "descriptors" output on.',
    },
  );
}
