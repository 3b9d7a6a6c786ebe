import { type Descriptor, parseManifest } from '@oci-matrix/oci';
import { recordReferrer } from '../referrers/record-referrer.ts';
import { subjectOf } from '../referrers/referrer.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { deleteManifest } from './delete-manifest.ts';
import {
  type Absence,
  type FetchedManifest,
  fetchManifest,
  findManifest,
} from './fetch-manifest.ts';
import { putManifest } from './put-manifest.ts';
import { putTags } from './put-tags.ts';
import { resolveManifest } from './resolve-manifest.ts';

export interface PushManifestOptions extends CallOptions {
  /** Where to put it; at its digest unless given. */
  readonly tag?: string;
  /** Where to put it too. Of several tags none moves before the registry has the manifest at its digest. */
  readonly tags?: readonly string[];
}

/** The manifests of a repository: images and indexes, by tag or digest. */
export interface Manifests {
  /** Undefined only if the registry answers 404. */
  resolve(tagOrDigest: string, options?: CallOptions): Promise<Descriptor | undefined>;
  /** Undefined only if the registry answers 404. */
  fetch(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest | undefined>;
  /** Like `fetch`; a registry that answers 404 may say that it does not even have the repository. */
  find(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest | Absence>;
  /** Pushes the bytes as they are. If they have a subject, that manifest's referrers list them afterwards. */
  push(bytes: Uint8Array, mediaType: string, options?: PushManifestOptions): Promise<Descriptor>;
  /** Deletes a tag or a manifest; one that is not there is no error. */
  delete(tagOrDigest: string, options?: CallOptions): Promise<void>;
}

export const createManifests = (context: RepositoryContext): Manifests => ({
  resolve: (tagOrDigest, options) => resolveManifest(context, tagOrDigest, options),
  fetch: (tagOrDigest, options) => fetchManifest(context, tagOrDigest, options),
  find: (tagOrDigest, options) => findManifest(context, tagOrDigest, options),
  async push(bytes, mediaType, { tag, tags = [], signal } = {}) {
    const subject = subjectOf(parseManifest(bytes, mediaType));
    const all = [...new Set(tag === undefined ? tags : [tag, ...tags])];
    const { descriptor, answer } =
      all.length > 1
        ? await putTags(context, bytes, mediaType, { tags: all, signal })
        : await putManifest(context, bytes, mediaType, { tag: all[0], signal });
    if (subject !== undefined) {
      await recordReferrer(context, { subject, bytes, descriptor, answer, signal });
    }
    return descriptor;
  },
  delete: (tagOrDigest, options) => deleteManifest(context, tagOrDigest, options),
});
