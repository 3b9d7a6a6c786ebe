import type { Descriptor, Digest } from '@oci-matrix/oci';
import { type Presence, presenceOf } from '../presence.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { blobExists } from './blob-exists.ts';
import type { BlobSource } from './blob-source.ts';
import { fetchBlob, fetchBlobBytes } from './fetch-blob.ts';
import { type PushBlobOptions, pushBlob } from './push-blob.ts';

/** The blobs of a repository. */
export interface Blobs {
  /** False only if the registry answers 404. */
  exists(digest: Digest, options?: CallOptions): Promise<boolean>;
  /** Like `exists`; where a blob is not there, another request asks whether the repository is. */
  presence(digest: Digest, options?: CallOptions): Promise<Presence>;
  /** Makes a blob present, whether it was or not. */
  push(
    descriptor: Descriptor,
    source: BlobSource,
    options?: PushBlobOptions,
  ): Promise<'uploaded' | 'mounted'>;
  /** Streams a blob. The last chunk comes once size and digest are verified: without an error, all of it is right. */
  fetch(descriptor: Descriptor, options?: CallOptions): AsyncIterable<Uint8Array>;
  /** Fetches a blob of at most `limit` bytes, verified. */
  fetchBytes(descriptor: Descriptor, limit: number, options?: CallOptions): Promise<Uint8Array>;
  /** Deletes a blob; one that is not there is no error. */
  delete(digest: Digest, options?: CallOptions): Promise<void>;
}

export const createBlobs = (context: RepositoryContext): Blobs => ({
  exists: (digest, { signal } = {}) => blobExists(context, digest, { signal }),
  async presence(digest, { signal } = {}) {
    if (await blobExists(context, digest, { signal })) return 'present';
    return presenceOf(context, digest, {
      kind: 'blob-exists',
      url: context.routes.blob(digest),
      signal,
    });
  },
  push: (descriptor, source, options) => pushBlob(context, descriptor, source, options),
  fetch: (descriptor, options) => fetchBlob(context, descriptor, options),
  fetchBytes: (descriptor, limit, options) => fetchBlobBytes(context, descriptor, limit, options),
  async delete(digest, { signal } = {}) {
    const { registry, routes, scopes } = context;
    await registry.call({
      kind: 'blob-delete',
      method: 'DELETE',
      url: routes.blob(digest),
      signal,
      scopes: scopes.delete,
      expect: [200, 202, 204, 404],
    });
  },
});
