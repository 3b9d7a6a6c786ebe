import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor, RepositoryName } from '@oci-matrix/oci';
import pMap from 'p-map';
import { MatrixError } from './error.ts';

/** Throws `CHILD_MISSING` unless the repository has all of these manifests, each in its size. */
export async function refuseAbsentChildren(
  { manifests, name }: Repository,
  children: readonly Descriptor[],
): Promise<void> {
  const found = await pMap(children, ({ digest }) => manifests.resolve(digest), {
    concurrency: 24,
  });
  const absent = children.filter(({ size }, at) => found[at]?.size !== size);
  const digests = absent.map(({ digest }) => digest);
  if (absent.length > 0) throw absentChildren(name, digests);
}

/** What is thrown where a repository does not have what the index would name. */
export const absentChildren = (
  { registry, repository }: RepositoryName,
  digests: readonly string[],
): MatrixError =>
  new MatrixError(
    'CHILD_MISSING',
    `${registry}/${repository} does not have ${digests.length} of the manifests that the index would name: ${digests.slice(0, 10).join(', ')}`,
    { hint: 'Push the legs again to this very image, without dry-run, then repeat this step.' },
  );
