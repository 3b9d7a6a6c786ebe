import { RegistryError } from '../error/registry-error.ts';
import type { Report } from '../event.ts';
import type { Clock } from './clock.ts';
import { isTemporary } from './temporary.ts';

export interface RetryOptions {
  /** How often to try in all; 6. */
  readonly attempts?: number;
  /** The longest first wait, in milliseconds; 500. Each further one may be twice as long. */
  readonly minDelay?: number;
  /** The longest wait of all, in milliseconds; 30 000. */
  readonly maxDelay?: number;
  /** How long after the first failure to go on trying, in milliseconds; 900 000. */
  readonly deadline?: number;
}

/** Does the work until it succeeds, fails for good, or was tried often enough. */
export type Retry = <T>(
  work: () => Promise<T>,
  signal: AbortSignal,
  temporary?: (error: unknown) => boolean,
) => Promise<T>;

export function createRetry(options: RetryOptions, clock: Clock, report: Report): Retry {
  const { attempts = 6, minDelay = 500, maxDelay = 30_000, deadline = 900_000 } = options;

  const waitAfter = (error: unknown, attempt: number): number => {
    // Full jitter: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    const backoff = clock.random() * Math.min(maxDelay, minDelay * 2 ** (attempt - 1));
    const asked = error instanceof RegistryError ? error.retryAfter : undefined;
    // On top of what was asked for: those who were told the same must not come back together.
    return Math.round((asked ?? 0) + backoff);
  };

  return async (work, signal, temporary = isTemporary) => {
    let lastMoment: number | undefined;
    for (let attempt = 1; ; attempt += 1) {
      signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        signal.throwIfAborted();
        if (attempt >= attempts || !temporary(error)) throw error;
        // Counted from the first failure: a long upload has not used up its retries by being long.
        lastMoment ??= clock.now() + deadline;
        const wait = waitAfter(error, attempt);
        if (clock.now() + wait > lastMoment) throw error;
        report({ type: 'retry', why: reason(error), attempt, wait });
        await clock.sleep(wait, signal);
      }
    }
  };
}

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));
