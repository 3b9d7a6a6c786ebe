import { missingDigests, type Presence, type Repository } from '@oci-matrix/distribution';
import type { Descriptor, Digest } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from './error.ts';
import type { Blob } from './file-blob.ts';
import type { ImagePlan } from './image-plan.ts';
import { type PushedBlob, pushBlobs } from './push-blobs.ts';

export interface PushImageOptions {
  readonly repository: Repository;
  readonly plan: ImagePlan;
  readonly tags?: readonly string[];
  readonly concurrency?: number;
  readonly onPushed?: (blob: PushedBlob) => void;
}

// For more than that the first question is a GET, whose answer tells an absent repository; a few are as well looked for,
// since registries count what is got as pulled.
const fewBlobs = 2;

/**
 * Pushes a plan: its blobs, its manifests by digest with the children first, then the tags. Says what had to travel.
 * Where the registry has the manifests already it has all that they point at, and nothing is written.
 */
export async function pushImage(options: PushImageOptions): Promise<PushedBlob[]> {
  const { repository, plan, tags = [] } = options;
  const there = await Promise.all(
    plan.manifests.map(({ descriptor: { digest } }, at) =>
      at === 0 && plan.blobs.length > fewBlobs
        ? repository.manifests.presence(digest)
        : presenceOf(repository, digest),
    ),
  );
  const pushed = there.every((presence) => presence === 'present')
    ? allPresent(plan)
    : await pushAll({ ...options, noRepository: there[0] === 'no-repository' });
  await moveTags(repository, plan, tags);
  return pushed;
}

const presenceOf = async ({ manifests }: Repository, digest: Digest): Promise<Presence> =>
  (await manifests.resolve(digest)) === undefined ? 'absent' : 'present';

function allPresent({ blobs, present }: ImagePlan): PushedBlob[] {
  const all = [...blobs.map(({ descriptor }) => descriptor), ...present];
  const distinct = new Map(all.map((descriptor) => [descriptor.digest, descriptor]));
  return [...distinct.values()].map((descriptor) => ({ descriptor, outcome: 'present' }));
}

async function pushAll({
  repository,
  plan,
  concurrency = 8,
  noRepository,
  onPushed,
}: PushImageOptions & { readonly noRepository: boolean }): Promise<PushedBlob[]> {
  await refuseAbsentBlobs(repository, plan.present);
  const progress = onPushed === undefined ? {} : { onPushed };
  const common = { repository, concurrency };
  const pushed = await pushBlobs({ ...common, blobs: plan.blobs, noRepository, ...progress });
  const healed: PushedBlob[] = [];
  for (const manifest of plan.manifests) {
    healed.push(...(await pushManifest({ ...common, blobs: plan.blobs, manifest })));
  }
  const travelled = new Map(healed.map((blob) => [blob.descriptor.digest, blob]));
  return [
    ...pushed.map((blob) => travelled.get(blob.descriptor.digest) ?? blob),
    ...plan.present.map((descriptor) => ({ descriptor, outcome: 'present' as const })),
  ];
}

interface PushManifest {
  readonly repository: Repository;
  readonly blobs: readonly Blob[];
  readonly concurrency: number;
  readonly manifest: ImagePlan['manifests'][number];
}

/**
 * Puts a manifest. A registry that misses blobs in it gets them once more, if they are ours: they may have been deleted
 * since we looked. Gives the blobs that then had to travel.
 */
async function pushManifest(options: PushManifest): Promise<PushedBlob[]> {
  const { repository, blobs, concurrency, manifest } = options;
  const put = () => repository.manifests.push(manifest.bytes, manifest.descriptor.mediaType);
  try {
    await put();
    return [];
  } catch (error) {
    const missing = missingDigests(error);
    const again = blobs.filter(({ descriptor }) => missing?.includes(descriptor.digest));
    if (again.length === 0) throw error;
    const pushed = await pushBlobs({ repository, blobs: again, concurrency, noRepository: false });
    await put();
    return pushed.filter(({ outcome }) => outcome !== 'present');
  }
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
