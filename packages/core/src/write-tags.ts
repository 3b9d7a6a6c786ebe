import type { Repository } from '@oci-matrix/distribution';
import { type Digest, digestOf } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from './error.ts';
import type { IndexBytes } from './index-bytes.ts';

export interface MovedTag {
  readonly tag: string;
  /** What the tag named before; absent where there was none. */
  readonly previous?: Digest;
  readonly moved: boolean;
}

/** Says which tags have to move to a digest; what the first one names is known already. */
export async function planTags(
  { manifests }: Repository,
  tags: readonly string[],
  first: Digest | undefined,
  digest: Digest,
): Promise<MovedTag[]> {
  return pMap(
    [...new Set(tags)],
    async (tag, at) => {
      const previous = at === 0 ? first : (await manifests.resolve(tag))?.digest;
      return { tag, moved: previous !== digest, ...(previous === undefined ? {} : { previous }) };
    },
    { concurrency: 8 },
  );
}

/** Moves tags. Of several none moves before the registry has taken the index by digest; one tag moves with it. */
export async function writeTags(
  { manifests, name }: Repository,
  { bytes, mediaType }: IndexBytes,
  moving: readonly MovedTag[],
): Promise<void> {
  if (moving.length > 1) await manifests.push(bytes, mediaType);
  for (const { tag } of moving) await manifests.push(bytes, mediaType, { tag });

  const digest = digestOf(bytes);
  if ((await manifests.resolve(digest)) !== undefined) return;
  throw new MatrixError(
    'CONFLICT',
    `${name.registry}/${name.repository} does not have the index ${digest} that it just took`,
    { hint: 'Repeat this step; if it happens again, the registry loses what it acknowledged.' },
  );
}
