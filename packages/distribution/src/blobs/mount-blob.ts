import type { Descriptor } from '@oci-matrix/oci';
import { mergeScopes } from '../auth/scope.ts';
import { checkDigestHeader } from '../check-digest.ts';
import { AuthError } from '../error/auth-error.ts';
import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import { cancelUpload } from './cancel-upload.ts';
import { noteSession } from './upload-session.ts';

const maxMounts = 4;

/** Asks other repositories for the blob; gives the session that was opened in vain, if any. */
export async function mountAny(
  context: RepositoryContext,
  descriptor: Descriptor,
  { mountFrom = [], signal }: CallOptions & { readonly mountFrom?: readonly string[] },
): Promise<'mounted' | URL | undefined> {
  const others = mountFrom.filter((from) => from !== context.name.repository);
  let session: URL | undefined;
  for (const from of others.slice(0, maxMounts)) {
    const mounted = await mountBlob(context, descriptor, from, { signal });
    if (mounted === undefined) continue;
    if (session !== undefined) await cancelUpload(context, session);
    if (mounted === 'mounted') return mounted;
    session = mounted;
  }
  return session;
}

/**
 * Asks for the blob of another repository: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#mounting-a-blob-from-another-repository
 * Gives the location of the session that a registry opens when it will not, and undefined when it refuses even to try.
 */
export async function mountBlob(
  context: RepositoryContext,
  { digest }: Descriptor,
  from: string,
  { signal }: CallOptions,
): Promise<'mounted' | URL | undefined> {
  const { registry, routes, scopes } = context;
  if (registry.learned.unmountable?.has(from)) return undefined;
  const both = mergeScopes([...scopes.push, { repository: from, actions: ['pull'] }]);
  try {
    const reply = await registry.once({
      kind: 'blob-mount',
      method: 'POST',
      url: routes.mount(digest, from),
      signal,
      headers: { 'content-length': '0' },
      scopes: both,
      expect: [201, 202],
    });
    await reply.discard();
    if (reply.status === 202) return noteSession(registry.learned, reply);
    checkDigestHeader(reply, digest);
    return 'mounted';
  } catch (error) {
    const refused = error instanceof RegistryError || error instanceof AuthError;
    if (!refused || isTemporary(error)) throw error;
    // A token for one repository may not reach into another, as on Docker Hub.
    if (error instanceof AuthError || [401, 403].includes(error.status)) {
      registry.learned.unmountable ??= new Set();
      registry.learned.unmountable.add(from);
    }
    return undefined;
  }
}
