import { setTimeout as sleep } from 'node:timers/promises';
import { ArtifactError } from './artifact-error.ts';

// In milliseconds. A proxy before the service was seen to answer 403 for seconds: https://github.com/actions/download-artifact/issues/464
const pauses = [1000, 4000];

/** Does something with the artifact service, and again where it may go better; what GitHub's client repeats itself is not repeated here. */
export async function repeat<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  for (const pause of pauses) {
    try {
      return await work();
    } catch (error) {
      if (!mayPass(error)) throw error;
      await sleep(pause, undefined, signal === undefined ? {} : { signal });
    }
  }
  return work();
}

/** True of a failure that may be over a moment later. */
export function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // A download that came with another digest: https://github.com/actions/download-artifact/issues/458
  if (error instanceof ArtifactError) return true;
  if (/after \d+ (?:attempts|retries)|not accessible by/.test(error.message)) return false;
  const status = statusOf(error);
  if (status !== undefined) return [403, 408, 425, 429].includes(status) || status >= 500;
  return ['ArtifactNotFoundError', 'NetworkError', 'RestError', 'AbortError'].includes(error.name);
}

/** The HTTP status of an answer, as GitHub's clients keep it: a property, or in the words. */
export function statusOf(error: Error): number | undefined {
  if ('status' in error && typeof error.status === 'number') return error.status;
  const said = /\((\d{3})\)/.exec(error.message)?.[1];
  return said === undefined ? undefined : Number(said);
}
