import { type Digest, isDigest } from '@oci-matrix/oci';
import { parseDigestParameter } from './digest-parameter.ts';
import type { Answer, Exchange } from './exchange.ts';
import { type Refusal, refusal } from './refusal.ts';
import type { Repository, StoredManifest } from './repository.ts';
import { absent, knownRepository, type State } from './state.ts';

/** GET and HEAD of a manifest, end-3. */
export function readManifest(state: State, exchange: Exchange): Answer {
  const repository = knownRepository(state, exchange);
  const found = resolveManifest(state, repository, exchange.reference);
  if (found === undefined) throw manifestUnknown(state, exchange);
  const { digest, mediaType, bytes } = found;
  if (state.capabilities.strictAccept && !exchange.headers.accept?.includes(mediaType)) {
    throw refusal(404, 'MANIFEST_UNKNOWN', `the Accept header does not list ${mediaType}`);
  }
  const headers = { 'docker-content-digest': digest, etag: `"${digest}"` };
  if (exchange.headers['if-none-match'] === headers.etag) return { status: 304, headers };
  return { status: 200, headers: { ...headers, 'content-type': mediaType }, body: bytes };
}

/** DELETE of a manifest by digest, with its tags, or of a tag alone, end-9. */
export function deleteManifest(state: State, exchange: Exchange): Answer {
  const repository = knownRepository(state, exchange);
  if (!removeManifest(repository, exchange.reference)) throw manifestUnknown(state, exchange);
  return { status: 202 };
}

/** Takes a tag, or a manifest with all its tags, from the repository. False when it was not there. */
export function removeManifest({ manifests, tags }: Repository, reference: string): boolean {
  if (!isDigest(reference)) return tags.delete(reference);
  for (const tag of tags.list()) {
    if (tags.get(tag) === reference) tags.delete(tag);
  }
  return manifests.delete(reference);
}

/** Finds what a digest or a tag names, as far as the registry lets it be seen. */
export function resolveManifest(
  { capabilities }: State,
  { manifests, tags }: Repository,
  reference: string,
): StoredManifest | undefined {
  if (reference.includes(':')) return manifests.get(parseDigestParameter(reference, capabilities));
  const digest = tags.get(reference, capabilities.staleTagReads);
  if (digest !== undefined) return manifests.get(digest);
  return capabilities.digestTags ? manifests.get(reference.replace('-', ':')) : undefined;
}

/** The digest that a reference has at this moment, whatever may still be read. */
export const currentDigest = (
  { manifests, tags }: Repository,
  reference: string,
): Digest | undefined =>
  isDigest(reference) ? manifests.get(reference)?.digest : tags.get(reference);

const manifestUnknown = (state: State, { reference, repository }: Exchange): Refusal =>
  absent(state, 'MANIFEST_UNKNOWN', `manifest ${reference} is not known to ${repository}`);
