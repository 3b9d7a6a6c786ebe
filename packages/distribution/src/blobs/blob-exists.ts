import type { Digest } from '@oci-matrix/oci';
import { checkDigestHeader, digestHeader } from '../check-digest.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { RegistryRequest } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { ReplyHeaders } from '../transport/exchange.ts';
import { contentLength, contentType } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';

export interface BlobExistsOptions extends CallOptions {
  readonly tries?: 'one' | 'many';
  /** Of the blob in bytes, where it is known. */
  readonly size?: number;
}

/** True if the registry has the blob, false if it says 404; any other answer is an error. */
export async function blobExists(
  { registry, routes, scopes }: RepositoryContext,
  digest: Digest,
  { signal, tries = 'many', size }: BlobExistsOptions = {},
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
  // Any web page is a 200: without the digest of what is there, whoever answered may be no registry.
  if (digestHeader(reply) === undefined && !mayBeBlob(reply.headers, size)) {
    throw new ProtocolError(
      `HEAD ${redactUrl(reply.url)} was answered with ${reply.status}, and not by the blob`,
    );
  }
  return true;
}

function mayBeBlob(headers: ReplyHeaders, size: number | undefined): boolean {
  const length = contentLength(headers);
  if (size !== undefined && length !== undefined && length !== size) return false;
  return contentType(headers) !== 'text/html';
}
