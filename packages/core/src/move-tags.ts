import { RegistryError, type Repository } from '@oci-matrix/distribution';
import { type Digest, digestOf, type RepositoryName } from '@oci-matrix/oci';
import pMap from 'p-map';
import { isDenied } from './denied.ts';
import { MatrixError } from './error.ts';
import type { IndexBytes } from './index-bytes.ts';

export interface MovedTag {
  readonly tag: string;
  /** What the tag named before; absent where there was none. */
  readonly previous?: Digest;
  readonly moved: boolean;
}

/** Says which tags have to move to a digest. What the first one names is known already, unless it is `unknown`. */
export async function planTags(
  { manifests }: Repository,
  tags: readonly string[],
  first: Digest | 'unknown' | undefined,
  digest: Digest,
): Promise<MovedTag[]> {
  return pMap(
    [...new Set(tags)],
    async (tag, at) => {
      const previous =
        at === 0 && first !== 'unknown'
          ? first
          : (await manifests.resolve(tag).catch(unknownIfDenied))?.digest;
      return { tag, moved: previous !== digest, ...(previous === undefined ? {} : { previous }) };
    },
    { concurrency: 8 },
  );
}

// A tag that may not be read is moved: that is all that it was read for.
const unknownIfDenied = (error: unknown): undefined => {
  if (!isDenied(error)) throw error;
};

/**
 * Puts a manifest, and tags on it. Of several tags none moves before the registry has taken the manifest by digest; one
 * moves with it.
 */
export async function moveTags(
  { manifests, name }: Repository,
  { bytes, mediaType }: Pick<IndexBytes, 'bytes' | 'mediaType'>,
  moving: readonly MovedTag[],
  options: { readonly beforeRepeat?: () => Promise<void> } = {},
): Promise<void> {
  const digest = digestOf(bytes);
  const tags = moving.map(({ tag }) => tag);
  await manifests.push(bytes, mediaType, { ...options, tags }).catch((error: unknown) => {
    const refused = moving.find((moved) => isImmutable(error, moved));
    throw refused === undefined ? error : immutable(name, refused, digest, error);
  });
}

/**
 * True of a refusal to move a tag. Every registry has words of its own for it: TAG_INVALID, ImageTagAlreadyExistsException,
 * "tag is immutable", a 412.
 */
export const isImmutable = (
  error: unknown,
  { tag, previous }: Pick<MovedTag, 'tag' | 'previous'>,
): boolean =>
  previous !== undefined &&
  error instanceof RegistryError &&
  error.url.endsWith(`/manifests/${tag}`) &&
  (error.status === 412 ||
    error.errors.some(({ code, message }) =>
      /immutable|TAG_INVALID|already ?exists/i.test(`${code} ${message}`),
    ));

const immutable = (
  { registry, repository }: RepositoryName,
  { tag, previous }: MovedTag,
  digest: Digest,
  cause: unknown,
): MatrixError =>
  new MatrixError(
    'TAG_IMMUTABLE',
    `${registry}/${repository}:${tag} names ${previous}, and the registry does not let it move to ${digest}`,
    { hint: 'Release under a new tag, or publish the very legs of the release before.', cause },
  );
