import {
  type Digest,
  formatReference,
  InvalidReferenceError,
  isDigest,
  parseDigest,
  parseRepositoryName,
  parseTag,
  type RepositoryName,
} from '@oci-matrix/oci';

/** The URLs of one repository. Text that is no digest, tag or repository gets into none: CVE-2024-3727. */
export interface Routes {
  blob(digest: Digest): URL;
  /** With a digest, for the blob that comes in the body. */
  uploads(digest?: Digest): URL;
  mount(digest: Digest, from: string): URL;
  /** With the tags that a PUT at a digest moves too. */
  manifest(tagOrDigest: string, tags?: readonly string[]): URL;
  tags(limit: number, last?: string): URL;
  referrers(digest: Digest, artifactType?: string): URL;
}

/** Reads a repository's name back from its text; throws `InvalidReferenceError` if that is not the same. */
export function checkRepository(name: RepositoryName): RepositoryName {
  const text = formatReference(name);
  const parsed = parseRepositoryName(text);
  if (parsed.registry !== name.registry || parsed.repository !== name.repository) {
    throw new InvalidReferenceError(text, `it would mean ${formatReference(parsed)}`);
  }
  return parsed;
}

/** Gives a tag or a digest back; throws `InvalidDigestError` or `InvalidReferenceError`. */
export const checkTagOrDigest = (text: string): string =>
  isDigest(text) ? text : text.includes(':') ? parseDigest(text) : parseTag(text);

/** https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#endpoints */
export function createRoutes(origin: URL, { registry, repository }: RepositoryName): Routes {
  const url = (path: string, parameters: Record<string, string | undefined> = {}): URL => {
    const built = new URL(`/v2/${repository}/${path}`, origin);
    for (const [key, value] of Object.entries(parameters)) {
      if (value !== undefined) built.searchParams.set(key, value);
    }
    return built;
  };
  return {
    blob: (digest) => url(`blobs/${parseDigest(digest)}`),
    uploads: (digest) => url('blobs/uploads/', { digest: digest && parseDigest(digest) }),
    mount: (digest, from) =>
      url('blobs/uploads/', {
        mount: parseDigest(digest),
        from: checkRepository({ registry, repository: from }).repository,
      }),
    manifest(tagOrDigest, tags = []) {
      const built = url(`manifests/${checkTagOrDigest(tagOrDigest)}`);
      for (const tag of tags) built.searchParams.append('tag', parseTag(tag));
      return built;
    },
    tags: (limit, last) => url('tags/list', { n: String(limit), last }),
    referrers: (digest, artifactType) => url(`referrers/${parseDigest(digest)}`, { artifactType }),
  };
}
