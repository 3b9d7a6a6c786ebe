import type { Descriptor } from '@oci-matrix/oci';
import { checkDigestHeader, digestHeader } from '../check-digest.ts';
import { uploadLocation, withDigest } from '../endpoint/location.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { Learned } from '../learned.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { RequestBody } from '../transport/body.ts';
import type { ReplyHeaders } from '../transport/exchange.ts';
import { headerValue } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { blobExists } from './blob-exists.ts';
import { poolFor } from './pool-for.ts';

/** How much longer than any other answer a commit may take, in milliseconds for bytes: 5 to 11 s for 700 MB were seen on ghcr.io. */
export const commitTime = (size: number): number => size / 20_000;

/**
 * How long a token must be good for, in milliseconds for bytes. A registry looks at it when a request begins, but who knows
 * how long that one waits in a queue.
 */
export const tokenLife = (size: number): number => Math.max(60_000, size / 10_000);

/**
 * Learns from the answer that opens a session, and gives its location. The state in the query is that of distribution and of what
 * is built on it, which looks for a blob in the very repository that a mount names, be it the same:
 * https://github.com/distribution/distribution/blob/v3.1.1/registry/handlers/blobupload.go
 */
export function noteSession(
  learned: Learned,
  reply: { readonly url: URL; readonly headers: ReplyHeaders },
): URL {
  const location = uploadLocation(reply);
  learned.selfMount ??= location.searchParams.has('_state');
  // https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
  const least = Number(headerValue(reply.headers, 'oci-chunk-min-length'));
  if (least > 0) learned.chunkMin = least;
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
  return noteSession(registry.learned, reply);
}

/** Sends the whole blob, or nothing after its chunks, and the registry commits it. Never with Content-Range: some then apply the limits of chunks. */
export async function commitUpload(
  context: RepositoryContext,
  location: URL,
  { digest, size }: Descriptor,
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
    patience: commitTime(size),
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
