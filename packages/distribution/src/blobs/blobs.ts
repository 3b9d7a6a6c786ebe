import type { Descriptor, Digest } from '@oci-matrix/oci';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { BlobSource } from './blob-source.ts';
import { type EnsureBlobOptions, type EnsuredBlob, ensureBlob } from './ensure-blob.ts';
import { fetchBlob, fetchBlobBytes } from './fetch-blob.ts';
import { findBlob } from './find-blob.ts';
import { type PushBlobOptions, pushBlob } from './push-blob.ts';

/** The blobs of a repository. */
export interface Blobs {
  /** False only if the registry answers 404. */
  exists(digest: Digest, options?: CallOptions): Promise<boolean>;
  /** Makes a blob present, and sends it only if the registry does not have it. */
  ensure(
    descriptor: Descriptor,
    source: BlobSource,
    options?: EnsureBlobOptions,
  ): Promise<EnsuredBlob>;
  /** Makes a blob present without a look whether it was. */
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
  exists: (digest, options) => findBlob(context, digest, options),
  ensure: (descriptor, source, options) => ensureBlob(context, descriptor, source, options),
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
