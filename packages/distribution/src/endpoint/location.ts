import type { Digest } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import type { ReplyHeaders } from '../transport/exchange.ts';
import { headerValue } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { resolveTarget } from './target.ts';

/** Where an upload goes on, as the registry says: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-blobs */
export function uploadLocation(reply: { readonly url: URL; readonly headers: ReplyHeaders }): URL {
  const location = headerValue(reply.headers, 'location');
  if (!location) throw new ProtocolError(`the answer of ${redactUrl(reply.url)} has no Location`);
  return resolveTarget(location, reply.url, 'the upload location');
}

/** The location with the digest added. What it has already may be signed, and stays byte for byte. */
export function withDigest(location: URL, digest: Digest): URL {
  const separator = location.href.includes('?') ? '&' : '?';
  return new URL(`${location.href}${separator}digest=${encodeURIComponent(digest)}`);
}
