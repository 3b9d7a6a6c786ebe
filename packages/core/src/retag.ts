import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, isDigest, parseTag } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import { type MovedTag, moveTags, planTags } from './move-tags.ts';

export interface RetagOptions {
  readonly repository: Repository;
  /** Tag or digest of what gets more tags. */
  readonly source: string;
  /** At least one. */
  readonly tags: readonly string[];
  readonly dryRun?: boolean;
}

export interface Retagged {
  readonly descriptor: Descriptor;
  readonly tags: readonly MovedTag[];
}

/** Reads what names a manifest of an image: a tag or a digest. */
export const parseManifestName = (text: string): string => (isDigest(text) ? text : parseTag(text));

/** Puts more tags on a manifest or an index, its bytes as they are. A tag that names it already is not written. */
export async function retag({
  repository,
  source,
  tags,
  dryRun = false,
}: RetagOptions): Promise<Retagged> {
  const { manifests, name } = repository;
  const [first] = tags;
  if (first === undefined) throw new MatrixError('INPUT_INVALID', 'no tag was given');
  const found = await manifests.fetch(source);
  if (found === undefined) {
    throw new MatrixError(
      'MANIFEST_UNKNOWN',
      `${name.registry}/${name.repository} has no ${source}, so nothing can be tagged with ${tags.join(', ')}`,
      { hint: 'Check "source": it names what the tags are to name, and is never made.' },
    );
  }
  const { descriptor, bytes } = found;
  const planned = await planTags(repository, tags, 'unknown', descriptor.digest);
  const moving = planned.filter(({ moved }) => moved);
  if (!dryRun && moving.length > 0) {
    await moveTags(repository, { bytes, mediaType: descriptor.mediaType }, moving);
  }
  return { descriptor, tags: planned };
}
