import { algorithmOf, type Digest, digestOf, isTag } from '@oci-matrix/oci';
import { parseDigestParameter } from './digest-parameter.ts';
import type { Answer, Exchange } from './exchange.ts';
import { checkContent, checkTypes, parseContent } from './manifest-content.ts';
import { currentDigest } from './manifests.ts';
import { readBody } from './read-body.ts';
import { refusal } from './refusal.ts';
import { type Repository, type StoredManifest, storedManifest } from './repository.ts';
import { locationOf, type State } from './state.ts';

/** In bytes; what registries must take at least (distribution-spec v1.1.1, "Pushing Manifests"), and many take at most. */
const maxSize = 4 * 1024 * 1024;

/** PUT of a manifest, end-7: by tag, by digest, or by digest with tags in the query. */
export async function putManifest(state: State, exchange: Exchange): Promise<Answer> {
  const target = parseTarget(state, exchange);
  const bytes = await readBody(exchange, maxSize);
  const digest = digestOf(bytes, target.digest && algorithmOf(target.digest));
  if (target.digest !== undefined && target.digest !== digest) {
    throw refusal(400, 'DIGEST_INVALID', `the content has digest ${digest}, not ${target.digest}`);
  }
  const document = parseContent(state, bytes, exchange.headers['content-type']);
  checkTypes(state, document);
  checkContent(state, exchange.repository, document);
  const manifest = storedManifest(bytes, document.mediaType, digest);
  store(state, exchange, manifest, target.tags);
  return created(state, exchange, manifest, target);
}

interface Target {
  readonly digest: Digest | undefined;
  readonly tags: readonly string[];
}

function parseTarget({ capabilities }: State, { reference, query }: Exchange): Target {
  if (!reference.includes(':')) return { digest: undefined, tags: [checkedTag(reference)] };
  const tags = capabilities.multiTag ? query.getAll('tag').map(checkedTag) : [];
  return { digest: parseDigestParameter(reference, capabilities), tags };
}

function checkedTag(tag: string): string {
  if (!isTag(tag)) throw refusal(400, 'MANIFEST_INVALID', `not a tag: ${JSON.stringify(tag)}`);
  return tag;
}

function store(
  state: State,
  exchange: Exchange,
  manifest: StoredManifest,
  tags: readonly string[],
): void {
  const repository = state.storage.open(exchange.repository);
  if (state.capabilities.conditionalPut) checkConditions(repository, exchange);
  checkUnmoved(state, repository, tags, manifest.digest);
  repository.manifests.set(manifest.digest, manifest);
  for (const tag of tags) repository.tags.set(tag, manifest.digest);
}

// RFC 9110, sections 13.1.1 and 13.1.2
function checkConditions(repository: Repository, { headers, reference }: Exchange): void {
  const digest = currentDigest(repository, reference);
  const tag = digest === undefined ? undefined : `"${digest}"`;
  const listed = (list: string): boolean =>
    list === '*' ? tag !== undefined : list.split(',').some((item) => item.trim() === tag);
  const match = headers['if-match'];
  const noneMatch = headers['if-none-match'];
  if ((match !== undefined && !listed(match)) || (noneMatch !== undefined && listed(noneMatch))) {
    throw refusal(412, 'PRECONDITION_FAILED', `${reference} is at ${digest ?? 'nothing'}`);
  }
}

function checkUnmoved(
  { capabilities }: State,
  { tags }: Repository,
  wanted: readonly string[],
  digest: Digest,
): void {
  const { immutableTags, immutableTagCode, immutableTagStatus, repeatImmutable } = capabilities;
  if (!immutableTags) return;
  const allowed = repeatImmutable ? [undefined, digest] : [undefined];
  const moved = wanted.find((tag) => !allowed.includes(tags.get(tag)));
  if (moved === undefined) return;
  const message = `tag ${moved} is immutable, and at ${tags.get(moved)}`;
  throw refusal(immutableTagStatus, immutableTagCode, message);
}

function created(
  state: State,
  exchange: Exchange,
  { digest, document }: StoredManifest,
  { tags, digest: named }: Target,
): Answer {
  const subject = (document?.kind === 'index' ? document.index : document?.image)?.subject;
  const path = `/v2/${exchange.repository}/manifests/${digest}`;
  return {
    status: 201,
    headers: {
      location: locationOf(state, exchange, path),
      'docker-content-digest': digest,
      etag: `"${digest}"`,
      ...(subject && state.capabilities.subjectHeader ? { 'oci-subject': subject.digest } : {}),
      ...(named !== undefined && tags.length > 0 ? { 'oci-tag': [...tags] } : {}),
    },
  };
}
