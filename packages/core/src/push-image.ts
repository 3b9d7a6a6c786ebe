import { missingDigests, type Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from './error.ts';
import type { ImagePlan, PlannedManifest } from './image-plan.ts';
import { type FoundImage, lookForImage } from './look-for-image.ts';
import { moveTags, planTags } from './move-tags.ts';
import { type PushedBlob, pushBlobs } from './push-blobs.ts';

export interface PushImageOptions {
  readonly repository: Repository;
  readonly plan: ImagePlan;
  readonly tags?: readonly string[];
  readonly concurrency?: number | undefined;
  /** Repositories of the same registry that may have the blobs, the likeliest first. */
  readonly mountFrom?: readonly string[] | undefined;
  readonly onPushed?: (blob: PushedBlob) => void;
}

/**
 * Pushes a plan: its blobs, its manifests with the children first, and the tags with the last one. Says what had to travel.
 * Where the registry has the image already it has all that it points at, and nothing but its tags is written.
 */
export async function pushImage(options: PushImageOptions): Promise<PushedBlob[]> {
  const { repository, plan, tags = [] } = options;
  const found = await lookForImage(repository, plan, tags[0]);
  const moving = (await planTags(repository, tags, found.previous, plan.root.digest)).filter(
    ({ moved }) => moved,
  );
  const root = plan.manifests.find(({ descriptor }) => descriptor.digest === plan.root.digest);
  const finish = async (): Promise<void> => {
    if (root === undefined) return;
    const { bytes, descriptor } = root;
    await moveTags(repository, { bytes, mediaType: descriptor.mediaType }, moving);
  };
  // What comes behind the root refers to it, and has to be there before its tags too.
  const last = plan.manifests.at(-1) === root ? root : undefined;
  const pushed = found.complete
    ? allPresent(plan)
    : await pushAll({ ...options, found, last, finish });
  const tagged = last !== undefined && !found.complete;
  if (moving.length > 0 && !tagged) await finish();
  return pushed;
}

function allPresent({ blobs, present }: ImagePlan): PushedBlob[] {
  const all = [...blobs.map(({ descriptor }) => descriptor), ...present];
  const distinct = new Map(all.map((descriptor) => [descriptor.digest, descriptor]));
  return [...distinct.values()].map((descriptor) => ({ descriptor, outcome: 'present' }));
}

interface PushAll extends PushImageOptions {
  readonly found: FoundImage;
  /** The root, where nothing comes behind it: it goes with its tags. */
  readonly last: PlannedManifest | undefined;
  readonly finish: () => Promise<void>;
}

async function pushAll(options: PushAll): Promise<PushedBlob[]> {
  const { repository, plan, found, last, finish } = options;
  const said = plan.present.filter(({ digest }) => !found.known.has(digest));
  await refuseAbsentBlobs(repository, said);
  const pushed = await pushBlobs({ ...options, ...found, blobs: plan.blobs, likelyNew: true });
  const healed: PushedBlob[] = [];
  for (const manifest of plan.manifests) {
    if (found.known.has(manifest.descriptor.digest)) continue;
    const { bytes, descriptor } = manifest;
    const put = () => repository.manifests.push(bytes, descriptor.mediaType);
    healed.push(...(await putOrHeal(options, manifest === last ? finish : put)));
  }
  const travelled = new Map(healed.map((blob) => [blob.descriptor.digest, blob]));
  return [
    ...pushed.map((blob) => travelled.get(blob.descriptor.digest) ?? blob),
    ...plan.present.map((descriptor) => ({ descriptor, outcome: 'present' as const })),
  ];
}

/**
 * Puts a manifest. A registry that misses blobs in it gets them once more, if they are ours: they may have been deleted
 * since we looked. Gives the blobs that then had to travel.
 */
async function putOrHeal(
  { repository, plan, concurrency, mountFrom }: PushAll,
  put: () => Promise<unknown>,
): Promise<PushedBlob[]> {
  try {
    await put();
    return [];
  } catch (error) {
    const missing = missingDigests(error);
    const blobs = plan.blobs.filter(({ descriptor }) => missing?.includes(descriptor.digest));
    if (blobs.length === 0) throw error;
    const pushed = await pushBlobs({ repository, blobs, concurrency, mountFrom });
    await put();
    return pushed.filter(({ outcome }) => outcome !== 'present');
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
