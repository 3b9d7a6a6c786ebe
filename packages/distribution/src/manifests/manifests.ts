import type { Descriptor } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { deleteManifest } from './delete-manifest.ts';
import {
  type Absence,
  type FetchedBytes,
  type FetchedManifest,
  fetchManifest,
  fetchManifestBytes,
  findManifest,
} from './fetch-manifest.ts';
import { type PushManifestOptions, pushManifest, pushManifestBytes } from './push-manifest.ts';
import { resolveManifest } from './resolve-manifest.ts';

/** The manifests of a repository: images and indexes, by tag or digest. */
export interface Manifests {
  /** Undefined only if the registry answers 404. */
  resolve(tagOrDigest: string, options?: CallOptions): Promise<Descriptor | undefined>;
  /** Undefined only if the registry answers 404. */
  fetch(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest | undefined>;
  /** Like `fetch`; a registry that answers 404 may say that it does not even have the repository. */
  find(tagOrDigest: string, options?: CallOptions): Promise<FetchedManifest | Absence>;
  /** Like `fetch`, for what is no manifest of a specification: nobody looks into the bytes, which are bounded and have their digest. */
  fetchBytes(tagOrDigest: string, options?: CallOptions): Promise<FetchedBytes | undefined>;
  /** Pushes the bytes as they are. If they have a subject, that manifest's referrers list them afterwards. */
  push(bytes: Uint8Array, mediaType: string, options?: PushManifestOptions): Promise<Descriptor>;
  /** Pushes what is no manifest of a specification, at its digest and then at tags: no subject is looked for in it. */
  pushBytes(
    bytes: Uint8Array,
    mediaType: string,
    options?: PushManifestOptions,
  ): Promise<Descriptor>;
  /** Deletes a tag or a manifest; one that is not there is no error. */
  delete(tagOrDigest: string, options?: CallOptions): Promise<void>;
}

export const createManifests = (context: RepositoryContext): Manifests => ({
  resolve: (tagOrDigest, options) => resolveManifest(context, tagOrDigest, options),
  fetch: (tagOrDigest, options) => fetchManifest(context, tagOrDigest, options),
  find: (tagOrDigest, options) => findManifest(context, tagOrDigest, options),
  fetchBytes: (tagOrDigest, options) => fetchManifestBytes(context, tagOrDigest, options),
  push: (bytes, mediaType, options) => pushManifest(context, bytes, mediaType, options),
  pushBytes: (bytes, mediaType, options) => pushManifestBytes(context, bytes, mediaType, options),
  delete: (tagOrDigest, options) => deleteManifest(context, tagOrDigest, options),
});
