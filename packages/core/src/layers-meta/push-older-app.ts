import { RegistryError, type Repository } from '@oci-matrix/distribution';
import { formatReference } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';
import type { ImagePlan } from '../image-plan.ts';
import { planTags } from '../move-tags.ts';
import { type PushBlobsOptions, type PushedBlob, pushBlobs } from '../push-blobs.ts';

export interface PushOlderAppOptions extends Omit<PushBlobsOptions, 'blobs'> {
  readonly plan: ImagePlan;
  readonly tags: readonly string[];
}

/**
 * Pushes an App of the older form: its blobs, the manifests of layers, and the App's manifest with its tags. Nothing of it is read
 * back as a manifest, since it is none. Throws `APP_REFUSED` where the registry takes no such documents.
 */
export async function pushOlderApp(options: PushOlderAppOptions): Promise<PushedBlob[]> {
  const { repository, plan, tags } = options;
  const all = await planTags(repository, tags, 'unknown', plan.root.digest);
  const moving = all.flatMap(({ tag, moved }) => (moved ? [tag] : []));
  const pushed = await pushBlobs({ ...options, blobs: plan.blobs });
  for (const { bytes, descriptor } of plan.manifests) {
    const isRoot = descriptor.digest === plan.root.digest;
    const put = repository.manifests.pushBytes(bytes, descriptor.mediaType, {
      tags: isRoot ? moving : [],
    });
    await put.catch((error: unknown) => {
      throw isRefusal(error) ? refused(repository, error) : error;
    });
  }
  return pushed;
}

const isRefusal = (error: unknown): error is RegistryError =>
  error instanceof RegistryError &&
  error.status === 400 &&
  error.errors.some(({ code }) => code === 'MANIFEST_INVALID');

const refused = ({ name }: Repository, cause: RegistryError): MatrixError =>
  new MatrixError(
    'APP_REFUSED',
    `${formatReference(name)} takes no App of the older form, whose documents are manifest and index at once: ${cause.message}`,
    {
      hint: 'Leave "layers-manifests" out: since CVE-2021-41190 registries refuse such documents, and only old devices need them; or push to a registry that still takes them.',
      cause,
    },
  );
