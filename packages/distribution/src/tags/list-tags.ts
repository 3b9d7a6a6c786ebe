import { isTag } from '@oci-matrix/oci';
import { nextPage } from '../endpoint/link.ts';
import { ProtocolError } from '../error/protocol-error.ts';
import type { Answer } from '../registry.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { redactUrl } from '../transport/redact.ts';

// ECR refuses to be asked for more: https://github.com/google/go-containerregistry/issues/1091
const pageSize = 1000;
const maxPages = 10_000;
const maxPage = 8 * 1024 * 1024;

/**
 * The tags of a repository, in the registry's order, page by page; none if the registry answers 404.
 * https://github.com/opencontainers/distribution-spec/blob/v1.1.1/spec.md#listing-tags
 */
export async function* listTags(
  { registry, routes, scopes }: RepositoryContext,
  { signal }: CallOptions = {},
): AsyncGenerator<string> {
  const asked = new Set<string>();
  let url: URL | undefined = routes.tags(pageSize);
  while (url !== undefined) {
    if (asked.has(url.href) || asked.size >= maxPages) {
      throw new ProtocolError(`the tags at ${redactUrl(url)} have no end`);
    }
    asked.add(url.href);
    const answer: Answer = await registry.call(
      {
        kind: 'tag-list',
        method: 'GET',
        url,
        signal,
        scopes: scopes.pull,
        headers: { accept: 'application/json' },
        // The list does not end where a later page is missing.
        expect: asked.size === 1 ? [200, 404] : [200],
      },
      maxPage,
    );
    if (answer.status === 404) return;
    const tags = parseTags(answer);
    // What is no tag cannot be asked for, and does not get into a URL.
    yield* tags.filter(isTag);
    const last = tags.length >= pageSize ? tags.at(-1) : undefined;
    url = nextPage(answer) ?? (last === undefined ? undefined : routes.tags(pageSize, last));
  }
}

function parseTags({ bytes, url }: Answer): string[] {
  let body: unknown;
  try {
    body = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new ProtocolError(`the tags at ${redactUrl(url)} are not JSON`, cause);
  }
  const tags = typeof body === 'object' && body !== null && 'tags' in body ? body.tags : undefined;
  // An empty list is null where Go wrote it.
  if (tags === null) return [];
  if (!Array.isArray(tags)) throw new ProtocolError(`the tags at ${redactUrl(url)} are no list`);
  return tags.filter((tag: unknown) => typeof tag === 'string');
}
