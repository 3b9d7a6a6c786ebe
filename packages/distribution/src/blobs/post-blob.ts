import type { Descriptor } from '@oci-matrix/oci';
import { checkDigestHeader } from '../check-digest.ts';
import { RegistryError } from '../error/registry-error.ts';
import { TransportError } from '../error/transport-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { RequestBody } from '../transport/body.ts';
import { isFormRefused } from './form-refused.ts';
import { poolFor } from './pool-for.ts';
import { noteSession } from './upload-session.ts';

/** The largest blob, in bytes, with which a registry is tried: one that declines may break off the connection. */
export const probeSize = 256 * 1024;

/** The largest blob, in bytes, that is sent with the request that asks for its upload, where that works. */
export const singlePostSize = 2 * 1024 * 1024;

type Posted = 'uploaded' | URL | undefined;

/**
 * Sends a blob in one request: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#single-post
 * Gives the location of the session that a registry opens when it does not take it so, and undefined where it has to be
 * asked for one. What a registry does is remembered, so that no further body is sent in vain.
 */
export async function postBlob(
  context: RepositoryContext,
  descriptor: Descriptor,
  body: RequestBody,
  options: CallOptions,
): Promise<Posted> {
  const { learned, lock } = context.registry;
  if (learned.singlePost === true && body.size <= singlePostSize) {
    return postWhole(context, descriptor, body, options);
  }
  if (learned.singlePost !== undefined || body.size > probeSize) return undefined;
  // The first blob finds out for those that come with it.
  const found = await lock('single POST', async () =>
    learned.singlePost === undefined
      ? { posted: await postWhole(context, descriptor, body, options) }
      : undefined,
  );
  return found === undefined ? postBlob(context, descriptor, body, options) : found.posted;
}

/** Sends a blob in one request, whatever is known of the registry; learns from the answer. */
export async function postWhole(
  { registry, routes, scopes }: RepositoryContext,
  { digest }: Descriptor,
  body: RequestBody,
  { signal }: CallOptions,
): Promise<Posted> {
  const { learned } = registry;
  try {
    const reply = await registry.once({
      kind: 'upload-whole',
      method: 'POST',
      url: routes.uploads(digest),
      signal,
      body,
      headers: { 'content-type': 'application/octet-stream' },
      pool: poolFor(body.size),
      life: 60_000,
      scopes: scopes.push,
      expect: [201, 202],
    });
    await reply.discard();
    learned.singlePost = reply.status === 201;
    if (reply.status === 202) return noteSession(learned, reply);
    checkDigestHeader(reply, digest);
    return 'uploaded';
  } catch (error) {
    if (isFormRefused(error)) {
      learned.singlePost = false;
      return undefined;
    }
    // A gateway that breaks off at a body it did not expect does so every time: the next try is another one.
    if (isBroken(error)) learned.singlePost ??= false;
    throw error;
  }
}

const isBroken = (error: unknown): boolean =>
  error instanceof TransportError ||
  (error instanceof RegistryError && error.status >= 500 && error.status !== 503);
