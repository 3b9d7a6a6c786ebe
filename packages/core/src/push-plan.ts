import type { Repository } from '@oci-matrix/distribution';
import type { ImagePlan, PlannedManifest } from './image-plan.ts';
import { blobsOfManifests } from './plan-blobs.ts';
import type { PushedBlob } from './push-blobs.ts';
import { type PushImageOptions, pushImage } from './push-image.ts';

export interface PushPlanOptions extends PushImageOptions {
  /** True where bytes come from another registry: then every blob is looked for before it is read; false unless given. */
  readonly remote?: boolean;
}

/**
 * Pushes a plan, and what refers to its root behind it. A registry that has the root has nothing to say of the rest: each of
 * them is looked for on its own, and the tags come last.
 */
export async function pushPlan(options: PushPlanOptions): Promise<PushedBlob[]> {
  const { plan, tags = [] } = options;
  const repository = options.remote ? lookingFirst(options.repository) : options.repository;
  const at = plan.manifests.findIndex(({ descriptor }) => descriptor.digest === plan.root.digest);
  const behind = at === -1 ? [] : plan.manifests.slice(at + 1);
  if (behind.length === 0) return pushImage({ ...options, repository });
  const before = plan.manifests.slice(0, at + 1);
  const main = { ...plan, manifests: before, blobs: blobsOfManifests(plan, before) };
  const pushed = await pushImage({ ...options, repository, plan: main, tags: [] });
  for (const manifest of behind) {
    const part = partOf(plan, manifest);
    pushed.push(...(await pushImage({ ...options, repository, plan: part, tags: [] })));
  }
  if (tags.length > 0) await pushImage({ ...options, repository, plan: main });
  // A config that many share travels once, and is there for the others.
  return [...new Map(pushed.toReversed().map((blob) => [blob.descriptor.digest, blob])).values()];
}

const partOf = (plan: ImagePlan, manifest: PlannedManifest): ImagePlan => ({
  blobs: blobsOfManifests(plan, [manifest]),
  present: [],
  manifests: [manifest],
  root: manifest.descriptor,
});

// Without a look a small blob is as soon sent as asked for, but not one that has to be read from elsewhere first.
const lookingFirst = (repository: Repository): Repository => ({
  ...repository,
  blobs: {
    ...repository.blobs,
    ensure: (descriptor, source, options) =>
      repository.blobs.ensure(descriptor, source, { ...options, unasked: false }),
  },
});
