import type { Repository } from '@oci-matrix/distribution';
import type { Descriptor } from '@oci-matrix/oci';
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
  if (absent.length === 0) return;
  const digests = absent.map(({ digest }) => digest);
  throw new MatrixError(
    'CHILD_MISSING',
    `${name.registry}/${name.repository} does not have ${absent.length} of the manifests that the index would name: ${digests.slice(0, 10).join(', ')}`,
    { hint: 'Push the legs again to this very image, without dry-run, then repeat this step.' },
  );
}
