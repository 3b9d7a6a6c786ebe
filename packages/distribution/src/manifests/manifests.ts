import { type Descriptor, parseManifest } from '@oci-matrix/oci';
import { recordReferrer } from '../referrers/record-referrer.ts';
import { subjectOf } from '../referrers/referrer.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { type FetchedManifest, fetchManifest } from './fetch-manifest.ts';
import { putManifest } from './put-manifest.ts';
import { resolveManifest } from './resolve-manifest.ts';

export interface PushManifestOptions extends CallOptions {
  /** Where to put it; at its digest unless given. */
  readonly tag?: string;
}

/** The manifests of a repository: images and indexes, by tag or digest. */
export interface Manifests {
  /** Undefined only if the registry answers 404. */
  resolve(tagOrDigest: string, options?: CallOptions): Promise<Descriptor | undefined>;
  /** Undefined only if the registry answers 404. */
  fetch(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest | undefined>;
  /** Pushes the bytes as they are. If they have a subject, that manifest's referrers list them afterwards. */
  push(bytes: Uint8Array, mediaType: string, options?: PushManifestOptions): Promise<Descriptor>;
  /** Deletes a tag or a manifest; one that is not there is no error. */
  delete(tagOrDigest: string, options?: CallOptions): Promise<void>;
}

export const createManifests = (context: RepositoryContext): Manifests => ({
  resolve: (tagOrDigest, options) => resolveManifest(context, tagOrDigest, options),
  fetch: (tagOrDigest, options) => fetchManifest(context, tagOrDigest, options),
  async push(bytes, mediaType, { tag, signal } = {}) {
    const subject = subjectOf(parseManifest(bytes, mediaType));
    const { descriptor, answer } = await putManifest(context, bytes, mediaType, { tag, signal });
    if (subject !== undefined) {
      await recordReferrer(context, { subject, bytes, descriptor, answer, signal });
    }
    return descriptor;
  },
  async delete(tagOrDigest, { signal } = {}) {
    const { registry, routes, scopes } = context;
    await registry.call({
      ...{ kind: 'manifest-delete', method: 'DELETE', url: routes.manifest(tagOrDigest), signal },
      ...{ scopes: scopes.delete, expect: [200, 202, 204, 404] },
    });
  },
});
