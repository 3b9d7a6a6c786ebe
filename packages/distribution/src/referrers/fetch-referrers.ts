import {
  type Descriptor,
  type Digest,
  maxManifestSize,
  mediaTypes,
  parseManifest,
} from '@oci-matrix/oci';
import { nextPage } from '../endpoint/link.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { contentType, headerValue } from '../transport/headers.ts';
import { redactUrl } from '../transport/redact.ts';

const maxPages = 100;

/** What the referrers API says, all pages of it; undefined if the registry has none. */
export async function fetchReferrers(
  { registry, routes, scopes }: RepositoryContext,
  subject: Digest,
  { artifactType, signal }: CallOptions & { readonly artifactType?: string | undefined },
): Promise<Descriptor[] | undefined> {
  const found: Descriptor[] = [];
  let url = routes.referrers(subject, artifactType);
  for (let page = 0; page < maxPages; page += 1) {
    const request = {
      ...({ kind: 'referrer-list', method: 'GET', url, signal, scopes: scopes.pull } as const),
      headers: { accept: mediaTypes.imageIndex, 'cache-control': 'no-cache' },
      // The list does not end where a later page is missing.
      expect: page === 0 ? [200, 404] : [200],
    };
    const answer = await registry.call(request, maxManifestSize);
    if (answer.status === 404) return undefined;
    const manifest = parseManifest(answer.bytes, contentType(answer.headers));
    if (manifest.kind !== 'index') {
      throw new ProtocolError(
        `the referrers at ${redactUrl(url)} are not an index but ${manifest.mediaType}`,
      );
    }
    const filtered = headerValue(answer.headers, 'oci-filters-applied')?.includes('artifactType');
    const keep = (entry: Descriptor): boolean =>
      filtered || artifactType === undefined || entry.artifactType === artifactType;
    found.push(...manifest.index.manifests.filter(keep));
    const next = nextPage(answer);
    if (next === undefined) return found;
    url = next;
  }
  throw new ProtocolError(`the referrers at ${redactUrl(url)} have more than ${maxPages} pages`);
}
