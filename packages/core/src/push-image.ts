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

/**
 * Pushes a plan: its blobs, its manifests by digest with the children first, then the tags. Says what had to travel.
 * Where the registry has the manifests already it has all that they point at, and nothing is written.
 */
export async function pushImage(options: PushImageOptions): Promise<PushedBlob[]> {
  const { repository, plan, tags = [] } = options;
  const there = await Promise.all(
    plan.manifests.map(({ descriptor }) => repository.manifests.resolve(descriptor.digest)),
  );
  const pushed = there.includes(undefined) ? await pushAll(options) : allPresent(plan);
  await moveTags(repository, plan, tags);
  return pushed;
}

function allPresent({ blobs, present }: ImagePlan): PushedBlob[] {
  const all = [...blobs.map(({ descriptor }) => descriptor), ...present];
  const distinct = new Map(all.map((descriptor) => [descriptor.digest, descriptor]));
  return [...distinct.values()].map((descriptor) => ({ descriptor, outcome: 'present' }));
}

async function pushAll({
  repository,
  plan,
  concurrency = 8,
  onPushed,
}: PushImageOptions): Promise<PushedBlob[]> {
  await refuseAbsentBlobs(repository, plan.present);
  const progress = onPushed === undefined ? {} : { onPushed };
  const pushed = await pushBlobs({ repository, blobs: plan.blobs, concurrency, ...progress });
  for (const { descriptor, bytes } of plan.manifests) {
    await repository.manifests.push(bytes, descriptor.mediaType);
  }
  return [
    ...pushed,
    ...plan.present.map((descriptor) => ({ descriptor, outcome: 'present' as const })),
  ];
}

async function moveTags(
  { manifests }: Repository,
  { root, manifests: planned }: ImagePlan,
  tags: readonly string[],
): Promise<void> {
  const bytes = planned.find(({ descriptor }) => descriptor.digest === root.digest)?.bytes;
  for (const tag of bytes === undefined ? [] : tags) {
    const named = await manifests.resolve(tag);
    if (named?.digest !== root.digest && bytes)
      await manifests.push(bytes, root.mediaType, { tag });
  }
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
