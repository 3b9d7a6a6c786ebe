import type { Descriptor } from '@oci-matrix/oci';
import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { blobExists } from './blob-exists.ts';
import { type BlobSource, blobBody, smallBlobSize } from './blob-source.ts';
import { cancelUpload } from './cancel-upload.ts';
import { mountAny, mountBlob } from './mount-blob.ts';
import { postBlob, postWhole, probeSize, singlePostSize } from './post-blob.ts';
import { type PushBlobOptions, pushBlob } from './push-blob.ts';
import { isTemporaryUpload } from './temporary-upload.ts';

export interface EnsureBlobOptions extends PushBlobOptions {
  /** True if the blob is known to be absent: then nothing is asked. */
  readonly absent?: boolean;
  /** True if a small blob may be sent without a look: pays where there are several. False unless given. */
  readonly unasked?: boolean;
}

/** How a blob came to be present. */
export type EnsuredBlob = 'present' | 'mounted' | 'uploaded';

/**
 * Makes a blob present with as few requests as the registry allows: a mount where other repositories may have it, one POST
 * with the body where that works, a mount from the repository itself where that tells whether the blob is there, else a HEAD.
 */
export async function ensureBlob(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: EnsureBlobOptions = {},
): Promise<EnsuredBlob> {
  const { signal } = options;
  const begun = await context.registry.retry(() => begin(context, descriptor, source, options), {
    signal,
    temporary: isTemporaryUpload,
  });
  if (typeof begun === 'string') return begun;
  return pushBlob(context, descriptor, source, { ...options, mountFrom: [], session: begun });
}

type Begun = EnsuredBlob | URL | undefined;

/** Asks for the blob until it is known whether it must be sent; gives the session for it where one was opened. */
async function begin(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: EnsureBlobOptions,
): Promise<Begun> {
  const { signal, absent = false, unasked = false } = options;
  const mounted = await mountAny(context, descriptor, options);
  if (mounted === 'mounted') return mounted;
  if (mounted !== undefined) return keepOrCancel(context, descriptor, mounted, options);
  if (unasked) {
    const probed = await probe(context, descriptor, source, { signal });
    if (probed !== undefined) return probed;
    if (goesUnasked(context, descriptor)) return undefined;
  }
  if (absent) return undefined;
  if (context.registry.learned.selfMount) {
    const own = await mountBlob(context, descriptor, context.name.repository, { signal });
    if (own !== undefined) return own === 'mounted' ? 'present' : own;
  }
  return (await isThere(context, descriptor, { signal })) ? 'present' : undefined;
}

/**
 * Sends a small blob in one request while it is not known whether that works. The smallest go at once; of the others the
 * first, and those that come meanwhile wait for what it finds out.
 */
async function probe(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: CallOptions,
): Promise<Begun> {
  const { learned, lock } = context.registry;
  if (learned.singlePost === undefined && descriptor.size <= smallBlobSize) {
    const posted = blobBody(descriptor, source).then((body) =>
      postWhole(context, descriptor, body, options),
    );
    learned.probing ??= posted.catch(() => {});
    return posted;
  }
  await learned.probing;
  return lock('first blob', async () => {
    if (learned.singlePost !== undefined || descriptor.size > probeSize) return undefined;
    return postBlob(context, descriptor, await blobBody(descriptor, source), options);
  });
}

// So much may be sent in vain, in bytes, by a client: a look at each blob would take longer.
const unaskedSize = 16 * 1024 * 1024;

function goesUnasked({ registry: { learned } }: RepositoryContext, { size }: Descriptor): boolean {
  const unasked = (learned.unasked ?? 0) + size;
  if (learned.singlePost !== true || size > singlePostSize || unasked > unaskedSize) return false;
  learned.unasked = unasked;
  return true;
}

/** No other repository had the blob; this one may have it all the same. */
async function keepOrCancel(
  context: RepositoryContext,
  descriptor: Descriptor,
  session: URL,
  { absent = false, signal }: EnsureBlobOptions,
): Promise<Begun> {
  if (absent || !(await isThere(context, descriptor, { signal }))) return session;
  await cancelUpload(context, session);
  return 'present';
}

// Some registries answer 403 for what is absent, as Artifactory does: who may push finds out by pushing.
async function isThere(
  context: RepositoryContext,
  { digest, size }: Descriptor,
  options: CallOptions,
): Promise<boolean> {
  try {
    return await blobExists(context, digest, { ...options, size, tries: 'one' });
  } catch (error) {
    if (error instanceof RegistryError && error.status === 403) return false;
    throw error;
  }
}
