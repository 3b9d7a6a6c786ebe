import type { Digest } from '@oci-matrix/oci';
import { checkDigestHeader } from '../check-digest.ts';
import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { blobExists } from './blob-exists.ts';

/** True if the registry has the blob, false only if it says 404. Who is refused is told why, by one more request. */
export async function findBlob(
  context: RepositoryContext,
  digest: Digest,
  { signal }: CallOptions = {},
): Promise<boolean> {
  const { registry, routes, scopes } = context;
  try {
    return await blobExists(context, digest, { signal });
  } catch (error) {
    if (!(error instanceof RegistryError) || error.status !== 403) throw error;
  }
  // HEAD has no body to give the reason in, and where storage is elsewhere it may refuse HEAD alone.
  const reply = await registry.open({
    kind: 'blob-exists',
    method: 'GET',
    url: routes.blob(digest),
    signal,
    headers: { 'accept-encoding': 'identity', range: 'bytes=0-0' },
    scopes: scopes.pull,
    // An empty blob has no first byte.
    expect: [200, 206, 404, 416],
  });
  await reply.discard();
  if (reply.status === 404) return false;
  checkDigestHeader(reply, digest);
  return true;
}
