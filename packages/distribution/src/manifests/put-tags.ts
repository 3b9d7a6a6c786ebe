import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import { headerValues } from '../transport/headers.ts';
import { type PutManifest, putManifest } from './put-manifest.ts';

export interface PutTags extends CallOptions {
  readonly tags: readonly string[];
  readonly beforeRepeat?: (() => Promise<void>) | undefined;
}

/**
 * Puts the bytes at their digest and then at the tags: in one request where the registry can do it, which the answer
 * tells by `OCI-Tag` (https://github.com/opencontainers/distribution-spec/pull/600), else each tag by a request.
 */
export async function putTags(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  { tags, beforeRepeat, signal }: PutTags,
): Promise<PutManifest> {
  const { learned } = context.registry;
  const query = learned.multiTag === false ? [] : tags;
  const { put, moved } = await putAtDigest(context, bytes, mediaType, {
    ...{ tags: query, beforeRepeat, signal },
  });
  for (const tag of tags.filter((each) => !moved.includes(each))) {
    await putManifest(context, bytes, mediaType, { tag, beforeRepeat, signal });
  }
  // Nothing but the query can have been to blame for a refusal: the manifest and all tags were taken without it.
  if (query.length > 0) learned.multiTag = moved.length > 0;
  return put;
}

async function putAtDigest(
  context: RepositoryContext,
  bytes: Uint8Array,
  mediaType: string,
  { tags, beforeRepeat, signal }: PutTags,
): Promise<{ readonly put: PutManifest; readonly moved: readonly string[] }> {
  try {
    const put = await putManifest(context, bytes, mediaType, { tags, beforeRepeat, signal });
    const moved = headerValues(put.answer.headers, 'oci-tag').flatMap((value) => value.split(','));
    return { put, moved: moved.map((tag) => tag.trim()) };
  } catch (error) {
    if (tags.length === 0 || !mayBeOfQuery(error)) throw error;
    return { put: await putManifest(context, bytes, mediaType, { signal }), moved: [] };
  }
}

// A long query is refused as 414 or 431, and a tag that may not move as anything.
const mayBeOfQuery = (error: unknown): boolean =>
  error instanceof RegistryError && !isTemporary(error) && ![401, 403].includes(error.status);
