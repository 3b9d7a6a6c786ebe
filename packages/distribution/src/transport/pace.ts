export interface Pace {
  /** How long to wait for so many bytes of a body, in milliseconds. What its reader takes does not count. */
  readonly time: number;
  readonly bytes: number;
}

/** Passes a body on while it keeps the pace; once it does not, `giveUp` is to end it with this error. */
export async function* paced(
  chunks: AsyncIterable<Uint8Array>,
  { time, bytes }: Pace,
  giveUp: (error: Error) => void,
): AsyncGenerator<Uint8Array> {
  let [left, missing] = [time, bytes];
  let timer: NodeJS.Timeout | undefined;
  let start = 0;
  const wait = (): void => {
    start = performance.now();
    timer = setTimeout(() => giveUp(tooSlow(time)), left);
  };
  wait();
  try {
    for await (const chunk of chunks) {
      clearTimeout(timer);
      left -= performance.now() - start;
      missing -= chunk.byteLength;
      if (missing <= 0) [left, missing] = [time, bytes];
      yield chunk;
      wait();
    }
  } finally {
    clearTimeout(timer);
  }
}

const tooSlow = (time: number): Error =>
  Object.assign(
    new Error(`the answer comes so slowly that ${time / 1000} s are not enough for it`),
    {
      code: 'ETIMEDOUT',
    },
  );
