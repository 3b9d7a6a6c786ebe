import type { Digest } from '@oci-matrix/oci';
import { checkDigestHeader } from '../check-digest.ts';
import type { RegistryRequest } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';

/** True if the registry has the blob, false if it says 404; any other answer is an error. */
export async function blobExists(
  { registry, routes, scopes }: RepositoryContext,
  digest: Digest,
  { signal, tries = 'many' }: CallOptions & { readonly tries?: 'one' | 'many' } = {},
): Promise<boolean> {
  const request: RegistryRequest = {
    kind: 'blob-exists',
    method: 'HEAD',
    url: routes.blob(digest),
    signal,
    scopes: scopes.pull,
    expect: [200, 404],
  };
  const reply = await (tries === 'one' ? registry.once(request) : registry.open(request));
  await reply.discard();
  if (reply.status === 404) return false;
  checkDigestHeader(reply, digest);
  return true;
}
