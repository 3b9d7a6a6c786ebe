import type { Repository } from '@oci-matrix/distribution';
import { type Digest, formatReference, isDigest, parseTag } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';

/** The digest that a tag names now, or the digest itself: a tag is asked for once, since it may move while something is signed. */
export async function resolveToSign(
  { manifests, name }: Repository,
  text: string,
  options: { readonly signal?: AbortSignal | undefined } = {},
): Promise<Digest> {
  if (isDigest(text)) return text;
  const found = await manifests.resolve(parseTag(text), options);
  if (found !== undefined) return found.digest;
  throw new MatrixError(
    'MANIFEST_UNKNOWN',
    `${formatReference(name)} has no tag ${text}, so it cannot be signed`,
    { hint: 'Sign the digest that the push gave.' },
  );
}
