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

/** What must come in between, in bytes, for a broken connection to be forgotten. */
const enoughProgress = 1024 * 1024;
const maxShort = 5;

// After a broken connection it goes on where it stopped, as often as enough came in between.
async function* resumed(
  context: RepositoryContext,
  descriptor: Descriptor,
  { signal }: CallOptions,
): AsyncGenerator<Uint8Array> {
  const { registry } = context;
  let [received, short] = [0, 0];
  let broken: { readonly error: unknown } | undefined;
  for (;;) {
    const start = received;
    // The first chunk belongs to the opening: a connection that breaks before it is tried again like any other.
    // One that broke after it is a failure of this opening too, which waits for that.
    const attempt = async (): Promise<Opened> => {
      const before = broken;
      broken = undefined;
      if (before !== undefined) throw before.error;
      return openAt(context, descriptor, start, signal);
    };
    const { first, rest } = await registry.retry(attempt, { signal });
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
      short = received - start < enoughProgress ? short + 1 : 0;
      if (short > maxShort || !isTemporary(error)) throw error;
      broken = { error };
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
  ranges = true,
): Promise<Opened> {
  const { registry, routes, scopes } = context;
  const partly = ranges && start > 0;
  const range = partly ? { range: `bytes=${start}-${descriptor.size - 1}` } : {};
  const reply = await registry.once({
    kind: 'blob-fetch',
    method: 'GET',
    url: routes.blob(descriptor.digest),
    signal,
    headers: { 'accept-encoding': 'identity', ...range },
    scopes: scopes.pull,
    expect: partly ? [200, 206, 416] : [200, 206],
    pool: descriptor.size > smallBlobSize ? 'downloads' : 'metadata',
  });
  // Some serve no part of a blob, and say it so.
  if (reply.status === 416) {
    await reply.discard();
    return openAt(context, descriptor, start, signal, false);
  }
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
