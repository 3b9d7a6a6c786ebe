import { type Descriptor, parseManifest } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import type { PutManifest } from '../manifests/put-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { headerValue } from '../transport/headers.ts';
import { addToFallback } from './add-to-fallback.ts';
import { fallbackTag } from './fallback-tag.ts';
import { fetchReferrers } from './fetch-referrers.ts';
import { referrerOf } from './referrer.ts';

export interface PushedReferrer extends CallOptions, PutManifest {
  readonly subject: Descriptor;
  readonly bytes: Uint8Array;
}

const maxRounds = 10;
// Another process may write over our entry with what it read before: we look again when it should be done.
const settleTime = 2000;

/**
 * Sees to it that the subject's referrers list a manifest that was just pushed: by the API, else by the fallback tag.
 * `OCI-Subject` is not enough: registries were seen to send it without an API, https://github.com/docker/hub-feedback/issues/2372
 */
export async function recordReferrer(
  context: RepositoryContext,
  pushed: PushedReferrer,
): Promise<void> {
  const { subject, descriptor, answer, signal } = pushed;
  const listed = await fetchReferrers(context, subject.digest, { signal });
  const promised = headerValue(answer.headers, 'oci-subject') !== undefined;
  if (listed !== undefined && (promised || includes(listed, descriptor))) return;

  const entry = referrerOf(parseManifest(pushed.bytes, descriptor.mediaType), descriptor);
  const { clock, signalOf } = context.registry;
  for (let round = 0; round < maxRounds; round += 1) {
    const written = await addToFallback(context, subject.digest, entry, { signal });
    // Each round reads before it writes, so that it verifies the round before.
    if (!written && round > 0) return;
    await clock.sleep(settleTime * (1 + clock.random() / 2), signalOf(signal));
  }
  const tag = fallbackTag(subject.digest);
  throw new ProtocolError(`the referrers tag ${tag} lost ${descriptor.digest} ${maxRounds} times`);
}

const includes = (entries: readonly Descriptor[], { digest }: Descriptor): boolean =>
  entries.some((entry) => entry.digest === digest);
