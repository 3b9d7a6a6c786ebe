import type { Client, Repository } from '@oci-matrix/distribution';
import { formatReference, type RepositoryName } from '@oci-matrix/oci';
import type { IndexCopy } from './index-place.ts';
import { type NamedImage, otherImages, parseTags } from './parse-image.ts';

export interface TargetOptions {
  /** Where the legs pushed, and the index is made. */
  readonly image: RepositoryName;
  /** All others; the first may be among them. */
  readonly images: readonly NamedImage[];
  /** Where legs may have pushed instead. */
  readonly allowImages: readonly RepositoryName[];
  /** Lines of tags: alone for all images, or whole references. */
  readonly tags: readonly string[];
  readonly dryRun: boolean;
}

export interface Targets {
  readonly repository: Repository;
  readonly tags: readonly string[];
  readonly copies: readonly IndexCopy[];
  /** What comes in is copied from there where the first does not have it. */
  readonly sources: readonly Repository[];
}

/** Gives each image its tags; asks nobody yet. Throws `INPUT_INVALID` where a line is for none of them, or an image gets none. */
export function openTargets(
  client: Client,
  { image, images, allowImages, tags, dryRun }: TargetOptions,
): Targets {
  const others = otherImages(images, image);
  const names = [image, ...others.map((other) => other.image)];
  const open = (name: RepositoryName): Repository => client.repository(name, { writes: !dryRun });
  const isTarget = (name: RepositoryName): boolean =>
    names.some((target) => formatReference(target) === formatReference(name));
  return {
    repository: open(image),
    tags: parseTags(tags, image, names),
    copies: others.map(({ image: other, optional }) => ({
      repository: open(other),
      tags: parseTags(tags, other, names),
      optional,
    })),
    sources: allowImages.filter((name) => !isTarget(name)).map((name) => client.repository(name)),
  };
}
