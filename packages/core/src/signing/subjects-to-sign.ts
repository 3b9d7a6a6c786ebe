import type { Repository } from '@oci-matrix/distribution';
import {
  type Descriptor,
  type Digest,
  formatReference,
  isIndexType,
  mediaTypes,
} from '@oci-matrix/oci';
import pMap from 'p-map';
import { attestationSubject } from '../attestation.ts';
import { MatrixError } from '../error.ts';

export interface SubjectsOptions {
  /** True for the entries of an index too, and of indexes in it; false unless given. */
  readonly recursive?: boolean | undefined;
  /** True to take what is not there for what a dry run of the push would have put there; false unless given. */
  readonly dryRun?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

const maxDepth = 16;
const maxSubjects = 1000;

/**
 * The manifests that a digest stands for, each once, as the registry has them; what attests to others is not among them.
 * Throws `MANIFEST_UNKNOWN` if one is not there.
 */
export async function subjectsToSign(
  repository: Repository,
  digest: Digest,
  { recursive = false, dryRun = false, signal }: SubjectsOptions,
): Promise<Descriptor[]> {
  const subjects = new Map<Digest, Descriptor>();
  let next: readonly Digest[] = [digest];
  for (let depth = 0; next.length > 0; depth += 1) {
    if (depth > maxDepth || subjects.size + next.length > maxSubjects) {
      throw tooMany(repository, digest);
    }
    const found = await pMap(next, (one) => subjectAt(repository, one, { dryRun, signal }), {
      concurrency: 24,
    });
    for (const one of found) subjects.set(one.digest, one);
    const indexes = recursive ? found.filter(({ mediaType }) => isIndexType(mediaType)) : [];
    const entries = await pMap(indexes, (index) => entriesOf(repository, index.digest, signal), {
      concurrency: 8,
    });
    next = [...new Set(entries.flat())].filter((one) => !subjects.has(one));
  }
  return [...subjects.values()];
}

async function subjectAt(
  { manifests, name }: Repository,
  digest: Digest,
  { dryRun, signal }: Pick<SubjectsOptions, 'dryRun' | 'signal'>,
): Promise<Descriptor> {
  const found = await manifests.resolve(digest, { signal });
  if (found !== undefined) return found;
  if (dryRun) return { mediaType: mediaTypes.imageManifest, digest, size: 0 };
  throw new MatrixError(
    'MANIFEST_UNKNOWN',
    `${formatReference(name)} does not have ${digest}, so it cannot be signed`,
    { hint: 'Push it to this image first, without dry-run, and sign the digest that push gives.' },
  );
}

async function entriesOf(
  { manifests }: Repository,
  digest: Digest,
  signal: AbortSignal | undefined,
): Promise<Digest[]> {
  const found = await manifests.fetch(digest, { signal });
  const entries = found?.manifest.kind === 'index' ? found.manifest.index.manifests : [];
  return entries
    .filter((entry) => attestationSubject(entry) === undefined)
    .map((entry) => entry.digest);
}

const tooMany = ({ name }: Repository, digest: Digest): MatrixError =>
  new MatrixError(
    'SOURCE_INVALID',
    `${formatReference(name)}@${digest} names more than ${maxSubjects} manifests, or nests deeper than ${maxDepth}`,
    { hint: 'Sign the index alone, and what each leg pushed in the leg.' },
  );
