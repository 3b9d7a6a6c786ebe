import type { Repository } from '@oci-matrix/distribution';
import { formatReference, type Platform, type Reference } from '@oci-matrix/oci';
import type { ImagePlan } from './image-plan.ts';
import { loadReferrers } from './load-referrers.ts';
import { loadBelow, planImage } from './plan-image.ts';
import { repositoryReader, unknownManifest } from './repository-reader.ts';
import { type SelectedImage, selectImage } from './select-image.ts';

export interface PlanRemoteOptions {
  /** The repository that has the image. */
  readonly from: Repository;
  readonly reference: Pick<Reference, 'tag' | 'digest'>;
  /** Which image of an index; all of it when none is given. */
  readonly platform?: Platform | undefined;
  /** True to take along what refers to the image; true unless given. */
  readonly referrers?: boolean;
}

/**
 * What to push of an image in another repository: exactly the manifest that the reference names, or the image of one platform in
 * it, with what refers to it. Blobs are read when somebody asks for their bytes, and not before; but for the config of an
 * image that nothing else names a platform for.
 */
export async function planRemote(options: PlanRemoteOptions): Promise<ImagePlan> {
  const { from, reference, platform, referrers = true } = options;
  const reader = repositoryReader(from);
  const named = reference.digest ?? reference.tag ?? 'latest';
  const root = await from.manifests.fetch(named);
  if (root === undefined) throw unknownManifest(formatReference(from.name), named);
  const selected: SelectedImage =
    root.manifest.kind === 'index' && platform !== undefined
      ? await selectImage(reader, root.manifest.index, platform, root)
      : { root, attestations: [] };
  if (!referrers) return planImage(reader, selected, platform);
  const subjects = await loadBelow(reader, selected.root);
  const digests = [...subjects.map(({ descriptor }) => descriptor), ...selected.attestations].map(
    ({ digest }) => digest,
  );
  const behind = await loadReferrers(from, reader, [...new Set(digests)]);
  return planImage(reader, selected, platform, behind);
}
