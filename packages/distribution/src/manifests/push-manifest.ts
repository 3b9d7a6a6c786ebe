import { type Descriptor, parseManifest } from '@oci-matrix/oci';
import { recordReferrer } from '../referrers/record-referrer.ts';
import { subjectOf } from '../referrers/referrer.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { type PutManifest, putManifest } from './put-manifest.ts';
import { putTags } from './put-tags.ts';

export interface PushManifestOptions extends CallOptions {
  /** Where to put it; at its digest unless given. */
  readonly tag?: string;
  /** Where to put it too. Of several tags none moves before the registry has the manifest at its digest. */
  readonly tags?: readonly string[];
  /** Runs before a PUT that failed is tried again, when others may have moved a tag; by throwing it ends the push. */
  readonly beforeRepeat?: () => Promise<void>;
}

/** Pushes the bytes as they are. If they have a subject, that manifest's referrers list them afterwards. */
export async function pushManifest(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  options: PushManifestOptions = {},
): Promise<Descriptor> {
  const { signal } = options;
  const subject = subjectOf(parseManifest(bytes, mediaType));
  const put = () => putAll(context, bytes, mediaType, options);
  if (subject === undefined) return (await put()).descriptor;

  // olareg 0.2 loses referrers of one subject that it takes at one time, and answers 201 to each.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> =>
    context.registry.lock(`${context.name.repository}@${subject.digest}`, work);
  const again = () => inTurn(() => putManifest(context, bytes, mediaType, { signal }));
  const pushed = await inTurn(put);
  await recordReferrer(context, { ...pushed, subject, bytes, again, signal });
  return pushed.descriptor;
}

/** Pushes bytes that are no manifest of a specification, as they are. What they refer to is nothing to us. */
export async function pushManifestBytes(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  options: PushManifestOptions = {},
): Promise<Descriptor> {
  return (await putAll(context, bytes, mediaType, options)).descriptor;
}

function putAll(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  { tag, tags = [], beforeRepeat, signal }: PushManifestOptions,
): Promise<PutManifest> {
  const all = [...new Set(tag === undefined ? tags : [tag, ...tags])];
  return all.length > 1
    ? putTags(context, bytes, mediaType, { tags: all, beforeRepeat, signal })
    : putManifest(context, bytes, mediaType, { tag: all[0], beforeRepeat, signal });
}
