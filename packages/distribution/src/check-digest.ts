import { algorithmOf, type Digest, digestOf, isDigest } from '@oci-matrix/oci';
import { ContentError } from './error/content-error.ts';
import { ProtocolError } from './error/protocol-error.ts';
import type { ReplyHeaders } from './transport/exchange.ts';
import { headerValue } from './transport/headers.ts';
import { redactUrl } from './transport/redact.ts';

interface WithHeaders {
  readonly url: URL;
  readonly headers: ReplyHeaders;
}

/** `Docker-Content-Digest`, if it is sent; throws `ProtocolError` if it is no digest. */
export function digestHeader({ url, headers }: WithHeaders): Digest | undefined {
  const text = headerValue(headers, 'docker-content-digest');
  if (!text) return undefined;
  if (isDigest(text)) return text;
  const shown = JSON.stringify(text.slice(0, 200));
  throw new ProtocolError(
    `the Docker-Content-Digest of ${redactUrl(url)} is not a digest: ${shown}`,
  );
}

/** Throws `ContentError` if the answer says that its content has another digest of this algorithm. */
export function checkDigestHeader(answer: WithHeaders, digest: Digest): void {
  const said = digestHeader(answer);
  if (said === undefined || said === digest || algorithmOf(said) !== algorithmOf(digest)) return;
  throw new ContentError(
    'DIGEST_MISMATCH',
    `what ${redactUrl(answer.url)} says it has`,
    digest,
    said,
  );
}

/** Throws `ContentError` if the bytes do not have this digest, in its own algorithm. */
export function checkBytes(bytes: Uint8Array, digest: Digest, what: string): void {
  const actual = digestOf(bytes, algorithmOf(digest));
  if (actual !== digest) throw new ContentError('DIGEST_MISMATCH', what, digest, actual);
}
