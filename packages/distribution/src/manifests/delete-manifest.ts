import { isDigest } from '@oci-matrix/oci';
import { RegistryError } from '../error/registry-error.ts';
import { unlistReferrer } from '../referrers/unlist-referrer.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';

/**
 * Deletes a tag or a manifest; one that is not there is no error. A manifest leaves the list of its subject's referrers
 * first: whatever breaks off in between, a repeat ends it.
 */
export async function deleteManifest(
  context: RepositoryContext,
  tagOrDigest: string,
  { signal }: CallOptions = {},
): Promise<void> {
  const { registry, routes, scopes } = context;
  const url = routes.manifest(tagOrDigest);
  const relist = isDigest(tagOrDigest)
    ? await unlistReferrer(context, tagOrDigest, { signal })
    : undefined;
  try {
    await registry.call({
      ...({ kind: 'manifest-delete', method: 'DELETE', url, signal } as const),
      scopes: scopes.delete,
      expect: [200, 202, 204, 404],
    });
  } catch (error) {
    if (error instanceof RegistryError) await relist?.();
    throw error;
  }
}
