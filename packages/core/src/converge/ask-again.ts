import type { Clock } from '@oci-matrix/distribution';

const tries = 5;

/**
 * Asks until there is an answer, five times in about a second. A tag that the registry lists may answer 404 for a moment
 * while somebody moves it: docker-registry 2.8.2 does.
 */
export async function askAgain<T>(
  ask: () => Promise<T>,
  isThere: (answer: T) => boolean,
  { clock, signal }: { readonly clock: Clock; readonly signal: AbortSignal },
): Promise<T> {
  for (let tried = 1; ; tried++) {
    const answer = await ask();
    if (isThere(answer) || tried === tries) return answer;
    await clock.sleep(100 * tried * (0.5 + clock.random() / 2), signal);
  }
}
