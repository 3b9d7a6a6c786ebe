import { OciError } from '@oci-matrix/oci';
import { uploadLocation } from '../endpoint/location.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { RequestBody } from '../transport/body.ts';
import type { ReplyHeaders } from '../transport/exchange.ts';
import { headerValue } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { commitTime, tokenLife } from './upload-session.ts';

/** How far an upload in chunks has come. */
export interface Standing {
  /** Where it goes on. */
  readonly location: URL;
  /** Bytes that the registry has. */
  readonly received: number;
  /** True if the registry was asked how far it came. */
  readonly asked?: boolean;
}

/**
 * Sends the next chunk: https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#pushing-a-blob-in-chunks
 * Throws `ProtocolError` if the registry takes it and does not keep it, as ECR does: aws/containers-roadmap#2831
 */
export async function sendChunk(
  { registry, scopes }: RepositoryContext,
  { location, received }: Standing,
  body: RequestBody,
  { signal }: CallOptions,
): Promise<Standing> {
  const end = received + body.size;
  const reply = await registry.once({
    kind: 'upload-chunk',
    method: 'PATCH',
    url: location,
    signal,
    body,
    headers: {
      'content-type': 'application/octet-stream',
      'content-range': `${received}-${end - 1}`,
    },
    pool: 'uploads',
    patience: commitTime(body.size),
    life: tokenLife(body.size),
    scopes: scopes.push,
    // 201 is ECR's: aws/containers-roadmap#2831
    expect: [201, 202, 204],
  });
  await reply.discard();
  const kept = rangeOf(reply.headers);
  if (kept !== undefined && kept !== end) {
    throw new ProtocolError(
      `PATCH ${redactUrl(reply.url)} with bytes ${received} to ${end - 1} was answered with ${reply.status}, and the registry has ${kept} bytes`,
    );
  }
  return { location: uploadLocation(reply), received: end };
}

/**
 * Asks how far an upload has come, until there is an answer: all that was sent would have to be sent again without one.
 * Undefined if the registry does not say.
 */
export async function askUpload(
  { registry, scopes }: RepositoryContext,
  url: URL,
  { signal }: CallOptions,
): Promise<Standing | undefined> {
  try {
    const reply = await registry.open({
      kind: 'upload-status',
      method: 'GET',
      url,
      signal,
      scopes: scopes.push,
      expect: [204],
    });
    await reply.discard();
    const received = rangeOf(reply.headers);
    if (received === undefined) return undefined;
    return { location: uploadLocation(reply), received, asked: true };
  } catch (error) {
    if (error instanceof OciError) return undefined;
    throw error;
  }
}

// `0-0` is what registries say of an empty upload; one that has a single byte says it too, and no chunk is that small.
function rangeOf(headers: ReplyHeaders): number | undefined {
  const [, last] = /^(?:bytes[ =])?0-(\d{1,15})$/.exec(headerValue(headers, 'range') ?? '') ?? [];
  if (last === undefined) return undefined;
  return last === '0' ? 0 : Number(last) + 1;
}
