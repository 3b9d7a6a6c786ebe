import type { Digest } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import type { RepositoryContext } from '../repository-context.ts';
import { fallbackTag } from './fallback-tag.ts';
import { listingOf } from './listing.ts';
import { lookAtFallback } from './look-at-fallback.ts';

const maxRounds = 10;

/** Looks after the fallback tag of a subject until it shows every entry of our own for good: one loop for all who wait for it. */
export function watchFallback(context: RepositoryContext, subject: Digest): Promise<void> {
  const listing = listingOf(context, subject);
  if (listing.watch === undefined) {
    listing.watch = watch(context, subject);
    // Everybody who waits for it may have been aborted.
    listing.watch.catch(() => {});
  }
  return listing.watch;
}

async function watch(context: RepositoryContext, subject: Digest): Promise<void> {
  const listing = listingOf(context, subject);
  const { clock, signalOf } = context.registry;
  const signal = signalOf(undefined);
  try {
    for (let round = 0; round < maxRounds; round += 1) {
      while (clock.now() < listing.due) await clock.sleep(listing.due - clock.now(), signal);
      if (await lookAtFallback(context, subject, { verify: true, signal })) return;
    }
  } finally {
    listing.watch = undefined;
  }
  const digests = [...listing.own.keys()].join(', ');
  throw new ProtocolError(
    `the referrers tag ${fallbackTag(subject)} does not keep ${digests}: ${maxRounds} looks at it did not show it`,
  );
}
