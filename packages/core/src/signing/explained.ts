import { type Digest, formatReference, type RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import { isImmutable } from '../move-tags.ts';

/** An error, or in its place what it means where a registry does not let the tag move that signatures are found by. */
export function explained(
  error: unknown,
  name: RepositoryName,
  tag: string,
  previous: Digest | undefined,
): unknown {
  if (previous === undefined || !isImmutable(error, { tag, previous })) return error;
  return new MatrixError(
    'TAG_IMMUTABLE',
    `${formatReference(name)}:${tag} names signatures already, and the registry does not let it move to have one more`,
    {
      hint: 'Let tags that begin with "sha256-" move in this repository, or sign each digest once, in one format.',
      cause: error,
    },
  );
}
