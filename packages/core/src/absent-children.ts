import type { RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';

/** What is thrown where a repository does not have what the index would name. */
export const absentChildren = (
  { registry, repository }: RepositoryName,
  digests: readonly string[],
): MatrixError =>
  new MatrixError(
    'CHILD_MISSING',
    `${registry}/${repository} does not have ${digests.length} of the manifests that the index would name: ${digests.slice(0, 10).join(', ')}`,
    {
      hint: 'Push the legs again to this very image, without dry-run, then repeat this step; where they push to another one, name that in "allow-images".',
    },
  );
