import { type Descriptor, parseManifest } from '@oci-matrix/oci';
import { untilAborted } from '../auth/until-aborted.ts';
import type { PutManifest } from '../manifests/put-manifest.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { headerValue } from '../transport/headers.ts';
import { addToFallback } from './add-to-fallback.ts';
import { confirmReferrer, includes } from './confirm-referrer.ts';
import { fetchReferrers } from './fetch-referrers.ts';
import { referrerOf } from './referrer.ts';
import { watchFallback } from './watch-fallback.ts';

export interface PushedReferrer extends CallOptions, PutManifest {
  readonly subject: Descriptor;
  readonly bytes: Uint8Array;
  /** Pushes it again. */
  readonly again: () => Promise<unknown>;
}

/**
 * Sees to it that the subject's referrers list a manifest that was just pushed: by the API, else by the fallback tag.
 * `OCI-Subject` is not enough: registries were seen to send it without an API, https://github.com/docker/hub-feedback/issues/2372
 */
export async function recordReferrer(
  context: RepositoryContext,
  pushed: PushedReferrer,
): Promise<void> {
  const { descriptor, answer, again, signal } = pushed;
  const subject = pushed.subject.digest;
  const listed = await fetchReferrers(context, subject, { signal });
  if (includes(listed, descriptor)) return;
  const isPromised = headerValue(answer.headers, 'oci-subject') !== undefined;
  if (listed !== undefined && isPromised) {
    await confirmReferrer(context, descriptor, { subject, again, signal });
    return;
  }

  const entry = referrerOf(parseManifest(pushed.bytes, descriptor.mediaType), descriptor);
  if (await addToFallback(context, subject, entry, { signal })) return;
  await untilAborted(watchFallback(context, subject), context.registry.signalOf(signal));
}
