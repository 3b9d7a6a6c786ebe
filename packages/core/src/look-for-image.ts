import type { Repository } from '@oci-matrix/distribution';
import { type Digest, InvalidManifestError } from '@oci-matrix/oci';
import { isDenied } from './denied.ts';
import type { ImagePlan } from './image-plan.ts';
import { knownContent } from './known-content.ts';

/** What one request tells of an image in a repository, before it is pushed there. */
export interface FoundImage {
  /** True if the image is there, with all that it points at. */
  readonly complete: boolean;
  /** What the tag named that was asked for; absent where it is not known to name anything. */
  readonly previous?: Digest;
  /** True if the registry does not even have the repository. */
  readonly noRepository: boolean;
  /** What is there for sure. */
  readonly known: ReadonlySet<Digest>;
}

// For more than that the question is a GET, whose answer tells what else is there, or that nothing is. A few are as well
// looked for, since registries count what is got as pulled.
const fewBlobs = 2;

const nothing: FoundImage = { complete: false, noRepository: false, known: new Set() };

/**
 * Looks for an image: at the tag that it is to get, since what is there now is most likely its previous version, and
 * vouches for all that both have; without a tag at its digest.
 */
export async function lookForImage(
  { manifests }: Repository,
  plan: ImagePlan,
  tag: string | undefined,
): Promise<FoundImage> {
  const { digest } = plan.root;
  const at = tag ?? digest;
  try {
    if (plan.blobs.length <= fewBlobs) {
      const named = (await manifests.resolve(at))?.digest;
      return { ...nothing, complete: named === digest, ...previousOf(tag, named) };
    }
    const found = await manifests.find(at);
    if (typeof found === 'string') return { ...nothing, noRepository: found === 'no-repository' };
    const named = found.descriptor.digest;
    const known = knownContent(found, plan);
    return { ...nothing, complete: named === digest, known, ...previousOf(tag, named) };
  } catch (error) {
    // Some registries answer 403 for what is absent, as Artifactory does: who may push finds out by pushing. What the tag
    // names may be of another kind, as an older App is: it vouches for nothing, and is replaced.
    if (!isDenied(error) && !(error instanceof InvalidManifestError)) throw error;
    return nothing;
  }
}

const previousOf = (tag: string | undefined, named: Digest | undefined): { previous?: Digest } =>
  tag === undefined || named === undefined ? {} : { previous: named };
