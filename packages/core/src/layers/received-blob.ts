import { ContentError } from '@oci-matrix/distribution';
import { algorithmOf, createDigester, type Descriptor } from '@oci-matrix/oci';

/** A blob on its way, which is checked as it comes. */
export interface ReceivedBlob {
  /** What comes; stopping does not end the blob. */
  chunks(): AsyncGenerator<Uint8Array>;
  /** Takes what is left, and throws `ContentError` where the whole is not what its descriptor says. */
  finish(): Promise<void>;
  /** True where the source failed or the content is wrong: whatever else went wrong did for that. */
  hasFailed(): boolean;
  /** Lets the source go. */
  close(): Promise<void>;
}

export interface ReceiveOptions {
  /** What errors call it. */
  readonly what: string;
  readonly onProgress?: ((received: number) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Receives a blob from a source that nobody trusts. */
export function receiveBlob(
  { digest, size }: Descriptor,
  source: AsyncIterable<Uint8Array>,
  { what, onProgress, signal }: ReceiveOptions,
): ReceivedBlob {
  const iterator = source[Symbol.asyncIterator]();
  const digester = createDigester(algorithmOf(digest));
  let received = 0;
  let state: 'open' | 'ended' | 'failed' = 'open';

  const next = async (): Promise<Uint8Array | undefined> => {
    if (state !== 'open') return undefined;
    state = 'failed';
    signal?.throwIfAborted();
    const { value, done } = await iterator.next();
    if (done) check();
    else accept(value);
    state = done ? 'ended' : 'open';
    return done ? undefined : value;
  };
  const accept = (chunk: Uint8Array): void => {
    received += chunk.byteLength;
    if (received > size) {
      throw new ContentError('SIZE_MISMATCH', what, `${size} bytes`, `at least ${received}`);
    }
    digester.update(chunk);
    onProgress?.(received);
  };
  const check = (): void => {
    if (received < size) throw new ContentError('TRUNCATED', what, `${size} bytes`, `${received}`);
    const actual = digester.digest();
    if (actual !== digest) throw new ContentError('DIGEST_MISMATCH', what, digest, actual);
  };

  return {
    async *chunks() {
      for (let chunk = await next(); chunk !== undefined; chunk = await next()) yield chunk;
    },
    finish: async () => {
      while (state === 'open') await next();
    },
    hasFailed: () => state === 'failed',
    close: async () => {
      await iterator.return?.();
    },
  };
}
