import { type Descriptor, parseDigest } from '@oci-matrix/oci';
import { ContentError } from '../error/content-error.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import type { Reply } from '../transport/exchange.ts';
import { contentLength, headerValue } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';
import { collect, verified } from '../verified.ts';
import { smallBlobSize } from './blob-source.ts';

/** Streams a blob; the last chunk comes only once size and digest are known to be right. Throws `ContentError`. */
export function fetchBlob(
  context: RepositoryContext,
  descriptor: Descriptor,
  options: CallOptions = {},
): AsyncGenerator<Uint8Array> {
  parseDigest(descriptor.digest);
  return verified(descriptor, resumed(context, descriptor, options), nameOf(context, descriptor));
}

/** All of a blob; throws `ContentError`, before anything is asked, if the descriptor says more than `limit` bytes. */
export async function fetchBlobBytes(
  context: RepositoryContext,
  descriptor: Descriptor,
  limit: number,
  options: CallOptions = {},
): Promise<Uint8Array> {
  const { size } = descriptor;
  if (size > limit) {
    const what = nameOf(context, descriptor);
    throw new ContentError('SIZE_MISMATCH', what, `at most ${limit} bytes`, `${size}`);
  }
  return collect(fetchBlob(context, descriptor, options));
}

const nameOf = ({ name }: RepositoryContext, { digest }: Descriptor): string =>
  `blob ${name.registry}/${name.repository}@${digest}`;

// After a broken connection it goes on where it stopped, as often as something came in between.
async function* resumed(
  context: RepositoryContext,
  descriptor: Descriptor,
  { signal }: CallOptions,
): AsyncGenerator<Uint8Array> {
  const { registry } = context;
  let received = 0;
  for (;;) {
    const start = received;
    // The first chunk belongs to the opening: a connection that breaks before it is tried again like any other.
    const { first, rest } = await registry.retry(() => openAt(context, descriptor, start, signal), {
      signal,
    });
    if (first === undefined) return;
    try {
      received += first.byteLength;
      yield first;
      for await (const chunk of rest) {
        received += chunk.byteLength;
        yield chunk;
      }
      return;
    } catch (error) {
      if (!isTemporary(error)) throw error;
    } finally {
      // A reader may leave before the rest was begun; its connection must not wait for ever.
      await rest.return(undefined);
    }
  }
}

interface Opened {
  /** Undefined if there is nothing left. */
  readonly first: Uint8Array | undefined;
  readonly rest: AsyncGenerator<Uint8Array, undefined>;
}

async function openAt(
  context: RepositoryContext,
  descriptor: Descriptor,
  start: number,
  signal: AbortSignal | undefined,
): Promise<Opened> {
  const { registry, routes, scopes } = context;
  const range = start === 0 ? {} : { range: `bytes=${start}-` };
  const reply = await registry.once({
    kind: 'blob-fetch',
    method: 'GET',
    url: routes.blob(descriptor.digest),
    signal,
    headers: { 'accept-encoding': 'identity', ...range },
    scopes: scopes.pull,
    expect: [200, 206],
    pool: descriptor.size > smallBlobSize ? 'downloads' : 'metadata',
  });
  await checkStart(reply, descriptor.size, start, nameOf(context, descriptor));
  const rest = skip(reply, start);
  const { value, done } = await rest.next();
  return { first: done ? undefined : value, rest };
}

async function checkStart(reply: Reply, size: number, start: number, what: string): Promise<void> {
  const length = contentLength(reply.headers);
  const rest = reply.status === 206 ? size - start : size;
  const range = headerValue(reply.headers, 'content-range');
  if (reply.status === 206 && !range?.startsWith(`bytes ${start}-`)) {
    await reply.discard();
    throw new ProtocolError(
      `${redactUrl(reply.url)} was asked for byte ${start} and sends ${JSON.stringify(range ?? '')}`,
    );
  }
  if (length !== undefined && length > rest) {
    await reply.discard();
    throw new ContentError('SIZE_MISMATCH', what, `${rest} bytes`, `${length}`);
  }
}

// A registry that knows no ranges sends all of it again.
async function* skip(reply: Reply, start: number): AsyncGenerator<Uint8Array, undefined> {
  let left = reply.status === 206 ? 0 : start;
  for await (const chunk of reply.body) {
    const passed = Math.min(left, chunk.byteLength);
    left -= passed;
    if (passed < chunk.byteLength) yield chunk.subarray(passed);
  }
  return undefined;
}
