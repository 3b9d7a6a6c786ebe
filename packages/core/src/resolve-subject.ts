import type { Repository } from '@oci-matrix/distribution';
import { type Descriptor, isDigest, parseTag } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** The descriptor of the manifest that a new one refers to as its subject, by digest or by tag in the same repository. */
export async function resolveSubject(
  { manifests, name }: Repository,
  text: string,
): Promise<Descriptor> {
  const found = await manifests.resolve(isDigest(text) ? text : parseTag(text));
  if (found !== undefined) return found;
  throw new MatrixError(
    'MANIFEST_UNKNOWN',
    `the subject ${text} is not in ${name.registry}/${name.repository}`,
    { hint: 'Push the subject to this image first, or give its digest.' },
  );
}
