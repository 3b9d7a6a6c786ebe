import { type Descriptor, isDigest, isManifestType } from '@oci-matrix/oci';
import { checkDigestHeader, digestHeader } from '../check-digest.ts';
import { RegistryError } from '../error/registry-error.ts';
import type { Answer } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { contentLength, contentType } from '../transport/headers.ts';
import { acceptManifests } from './accept.ts';
import { fetchManifest } from './fetch-manifest.ts';

/** Says what a tag or a digest names; undefined only if the registry answers 404. What HEAD leaves open, GET answers. */
export async function resolveManifest(
  context: RepositoryContext,
  tagOrDigest: string,
  { signal }: CallOptions = {},
): Promise<Descriptor | undefined> {
  const { registry, routes, scopes } = context;
  const url = routes.manifest(tagOrDigest);
  let answer: Answer;
  try {
    answer = await registry.call({
      kind: 'manifest-resolve',
      method: 'HEAD',
      url,
      signal,
      scopes: scopes.pull,
      headers: { accept: acceptManifests, 'cache-control': 'no-cache' },
      expect: [200, 404],
    });
  } catch (error) {
    // HEAD has no body to give the reason in, and some servers do not know it.
    const refused = error instanceof RegistryError && [400, 403, 405, 501].includes(error.status);
    if (!refused) throw error;
    return (await fetchManifest(context, tagOrDigest, { signal }))?.descriptor;
  }
  if (answer.status === 404) return undefined;
  const described = describe(answer, tagOrDigest);
  return described ?? (await fetchManifest(context, tagOrDigest, { signal }))?.descriptor;
}

function describe(answer: Answer, tagOrDigest: string): Descriptor | undefined {
  const asked = isDigest(tagOrDigest) ? tagOrDigest : undefined;
  if (asked !== undefined) checkDigestHeader(answer, asked);
  const digest = asked ?? digestHeader(answer);
  const mediaType = contentType(answer.headers);
  const size = contentLength(answer.headers);
  if (digest === undefined || mediaType === undefined || size === undefined) return undefined;
  return isManifestType(mediaType) ? { mediaType, digest, size } : undefined;
}
