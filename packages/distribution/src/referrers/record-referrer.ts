import { type Descriptor, mediaTypes, parseManifest } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import { putManifest } from '../manifests/put-manifest.ts';
import type { Answer } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { headerValue } from '../transport/headers.ts';
import { fallbackTag } from './fallback-tag.ts';
import { fetchFallback } from './fetch-fallback.ts';
import { fetchReferrers } from './fetch-referrers.ts';
import { mergeReferrer } from './merge-referrer.ts';
import { referrerOf } from './referrer.ts';

export interface PushedReferrer extends CallOptions {
  readonly subject: Descriptor;
  readonly bytes: Uint8Array;
  readonly descriptor: Descriptor;
  readonly answer: Answer;
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
  const { clock, signalOf, lock } = context.registry;
  const key = `${context.name.repository}@${subject.digest}`;
  const merge = (): Promise<boolean> => mergeOnce(context, subject, entry, { signal });
  for (let round = 0; round < maxRounds; round += 1) {
    const written = await lock(key, merge);
    // Each round reads before it writes, so that it verifies the round before.
    if (!written && round > 0) return;
    await clock.sleep(settleTime * (1 + clock.random() / 2), signalOf(signal));
  }
  const tag = fallbackTag(subject.digest);
  throw new ProtocolError(`the referrers tag ${tag} lost ${descriptor.digest} ${maxRounds} times`);
}

/** Adds the entry to the fallback tag; false if it was there. */
async function mergeOnce(
  context: RepositoryContext,
  subject: Descriptor,
  entry: Descriptor,
  { signal }: CallOptions,
): Promise<boolean> {
  const current = await fetchFallback(context, subject.digest, { signal });
  if (current !== undefined && includes(current.index.manifests, entry)) return false;
  const merged = mergeReferrer(current?.bytes, entry);
  const tag = fallbackTag(subject.digest);
  await putManifest(context, merged, mediaTypes.imageIndex, { tag, signal });
  return true;
}

const includes = (entries: readonly Descriptor[], { digest }: Descriptor): boolean =>
  entries.some((entry) => entry.digest === digest);
