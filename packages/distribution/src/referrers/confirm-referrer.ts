import type { Descriptor, Digest } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { fetchReferrers } from './fetch-referrers.ts';

export interface ConfirmOptions extends CallOptions {
  readonly subject: Digest;
  /** Pushes the referrer again. */
  readonly again: () => Promise<unknown>;
}

const maxRounds = 5;
const pause = 500;

/**
 * Waits until the API lists a referrer that the registry promised to list, and pushes it again where that does not help:
 * olareg 0.2 loses all but some of those that it takes at one time.
 */
export async function confirmReferrer(
  context: RepositoryContext,
  referrer: Descriptor,
  { subject, again, signal }: ConfirmOptions,
): Promise<void> {
  const { clock, signalOf } = context.registry;
  for (let round = 0; round < maxRounds; round += 1) {
    // Right after a push it may be listed, and lost to the push of somebody else the moment after.
    await clock.sleep(pause * (1 + clock.random()), signalOf(signal));
    if (includes(await fetchReferrers(context, subject, { signal }), referrer)) return;
    if (round < maxRounds - 1) await again();
  }
  throw new ProtocolError(
    `the registry took ${referrer.digest} ${maxRounds} times, and does not list it as a referrer of ${subject}`,
  );
}

export const includes = (
  entries: readonly Descriptor[] | undefined,
  { digest }: Descriptor,
): boolean => entries?.some((entry) => entry.digest === digest) ?? false;
