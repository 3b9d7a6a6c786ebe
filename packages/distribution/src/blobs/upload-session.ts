import type { Descriptor } from '@oci-matrix/oci';
import { mergeScopes } from '../auth/scope.ts';
import { checkDigestHeader, digestHeader } from '../check-digest.ts';
import { uploadLocation, withDigest } from '../endpoint/location.ts';
import { AuthError } from '../error/auth-error.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import { RegistryError } from '../error/registry-error.ts';
import type { Learned } from '../learned.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import type { RequestBody } from '../transport/body.ts';
import { redactUrl } from '../transport/redact.ts';
import { blobExists } from './blob-exists.ts';
import { poolFor } from './pool-for.ts';

// Registries take seconds to commit what is large: 5 to 11 s for 700 MB were seen on ghcr.io.
const commitTime = (size: number): number => size / 20_000;
// A registry looks at the token when a request begins; but who knows how long that one waits in a queue.
const tokenLife = (size: number): number => Math.max(60_000, size / 10_000);

/**
 * Learns from the location of a session, and gives it back. The state in the query is that of distribution and of what
 * is built on it, which looks for a blob in the very repository that a mount names, be it the same:
 * https://github.com/distribution/distribution/blob/v3.1.1/registry/handlers/blobupload.go
 */
export function noteSession(learned: Learned, location: URL): URL {
  learned.selfMount ??= location.searchParams.has('_state');
  return location;
}

/** Opens an upload session; gives its location. */
export async function startUpload(
  context: RepositoryContext,
  { signal }: CallOptions,
): Promise<URL> {
  const { registry, routes, scopes } = context;
  const reply = await registry.once({
    kind: 'upload-start',
    method: 'POST',
    url: routes.uploads(),
    signal,
    headers: { 'content-length': '0' },
    scopes: scopes.push,
    expect: [202],
  });
  await reply.discard();
  return noteSession(registry.learned, uploadLocation(reply));
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
    if (reply.status === 202) return noteSession(registry.learned, uploadLocation(reply));
    checkDigestHeader(reply, digest);
    return 'mounted';
  } catch (error) {
    const refused = error instanceof RegistryError || error instanceof AuthError;
    if (refused && !isTemporary(error)) return undefined;
    throw error;
  }
}

/** Sends the whole blob, and the registry commits it. Never with Content-Range: some then apply the limits of chunks. */
export async function commitUpload(
  context: RepositoryContext,
  location: URL,
  { digest }: Descriptor,
  body: RequestBody,
  { signal }: CallOptions,
): Promise<void> {
  const { registry, scopes } = context;
  const reply = await registry.once({
    kind: 'upload-commit',
    method: 'PUT',
    url: withDigest(location, digest),
    signal,
    body,
    headers: { 'content-type': 'application/octet-stream' },
    pool: poolFor(body.size),
    patience: commitTime(body.size),
    life: tokenLife(body.size),
    scopes: scopes.push,
    expect: [200, 201, 204],
  });
  await reply.discard();
  checkDigestHeader(reply, digest);
  // Any web page is a 200: without a word of what it took, whoever answered may be no registry.
  const isTold = reply.status === 201 || digestHeader(reply) !== undefined;
  if (isTold || (await blobExists(context, digest, { signal }))) return;
  throw new ProtocolError(
    `PUT ${redactUrl(reply.url)} was answered with ${reply.status}, and the blob is not there`,
  );
}

/** Tells the registry to forget a session. Best effort: what fails here failed before. */
export async function cancelUpload(
  { registry, scopes }: RepositoryContext,
  url: URL,
): Promise<void> {
  const signal = AbortSignal.timeout(2000);
  try {
    const reply = await registry.once({
      kind: 'upload-cancel',
      method: 'DELETE',
      url,
      scopes: scopes.push,
      signal,
      expect: [200, 202, 204],
    });
    await reply.discard();
  } catch {}
}
