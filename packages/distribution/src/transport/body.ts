/** The body of a request; it can be sent again. */
export interface RequestBody {
  /** In bytes. */
  readonly size: number;
  open(): OpenBody;
}

/** One sending of a body. */
export interface OpenBody {
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** Bytes handed to the connection so far. */
  sent(): number;
  /** Why the body itself ended too early, if it did: then the connection is not to blame. */
  failure(): { readonly error: unknown } | undefined;
}

export const bytesBody = (bytes: Uint8Array): RequestBody => ({
  size: bytes.byteLength,
  open: () => ({ content: bytes, sent: () => bytes.byteLength, failure: () => undefined }),
});

/** A body that is made anew for each sending. */
export const streamBody = (
  size: number,
  open: () => AsyncIterable<Uint8Array>,
  onProgress: (bytes: number) => void = () => {},
): RequestBody => ({
  size,
  open() {
    let sent = 0;
    let failure: { readonly error: unknown } | undefined;
    async function* watched(): AsyncGenerator<Uint8Array> {
      try {
        for await (const chunk of open()) {
          yield chunk;
          sent += chunk.byteLength;
          onProgress(sent);
        }
      } catch (error) {
        failure = { error };
        throw error;
      }
    }
    return { content: watched(), sent: () => sent, failure: () => failure };
  },
});
