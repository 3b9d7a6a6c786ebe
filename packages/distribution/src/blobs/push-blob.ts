import { type Descriptor, parseDigest } from '@oci-matrix/oci';
import { RegistryError } from '../error/registry-error.ts';
import { TransportError } from '../error/transport-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { isTemporary } from '../retry/temporary.ts';
import { blobExists } from './blob-exists.ts';
import { type BlobSource, blobBody } from './blob-source.ts';
import { postBlob } from './post-blob.ts';
import { cancelUpload, commitUpload, mountBlob, startUpload } from './upload-session.ts';

export interface PushBlobOptions extends CallOptions {
  /** Repositories of the same registry that have the blob, the likeliest first. */
  readonly mountFrom?: readonly string[];
  /** Told how many bytes were sent so far; starts again when the upload does. Silent for blobs up to 64 KiB. */
  readonly onProgress?: (bytes: number) => void;
}

/** What `pushBlob` is told by those who have asked the registry already. */
export interface PushedFurther extends PushBlobOptions {
  /** A session that is open for the blob. */
  readonly session?: URL | undefined;
}

const maxMounts = 4;
const sessionCodes = new Set(['BLOB_UNKNOWN', 'BLOB_UPLOAD_INVALID', 'BLOB_UPLOAD_UNKNOWN']);

/**
 * Makes a blob present: mounts it where that works, else sends it whole, in one request if it is small. Does not look whether it is there already.
 * Throws `ContentError` if the source is not what the descriptor says, before its last bytes have left.
 */
export async function pushBlob(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: PushedFurther = {},
): Promise<'uploaded' | 'mounted'> {
  parseDigest(descriptor.digest);
  const { signal } = options;
  const body = await blobBody(descriptor, source, options.onProgress);

  let { session: open } = options;
  const attempt = async (): Promise<'uploaded' | 'mounted'> => {
    const own = open;
    open = undefined;
    const mounted = own ?? (await mountAny(context, descriptor, options));
    if (mounted === 'mounted') return mounted;
    const posted = mounted ?? (await postBlob(context, descriptor, body, { signal }));
    if (posted === 'uploaded') return posted;
    const session = posted ?? (await startUpload(context, { signal }));
    try {
      await commitUpload(context, session, descriptor, body, { signal });
    } catch (error) {
      if (isAmbiguous(error) && (await wasCommitted(context, descriptor, options)))
        return 'uploaded';
      await cancelUpload(context, session);
      throw error;
    }
    return 'uploaded';
  };
  return context.registry.retry(attempt, { signal, temporary: isTemporaryUpload });
}

/** Asks other repositories for the blob; gives the session that was opened in vain, if any. */
export async function mountAny(
  context: RepositoryContext,
  descriptor: Descriptor,
  { mountFrom = [], signal }: PushBlobOptions,
): Promise<'mounted' | URL | undefined> {
  const others = mountFrom.filter((from) => from !== context.name.repository);
  let session: URL | undefined;
  for (const from of others.slice(0, maxMounts)) {
    const mounted = await mountBlob(context, descriptor, from, { signal });
    if (mounted === undefined) continue;
    if (session !== undefined) await cancelUpload(context, session);
    if (mounted === 'mounted') return mounted;
    session = mounted;
  }
  return session;
}

// The answer was lost, or the session is gone as after a commit: a lost commit is looked up before it is repeated.
const isAmbiguous = (error: unknown): boolean =>
  error instanceof TransportError ||
  (error instanceof RegistryError && error.status !== 429 && isTemporaryUpload(error));

/** True of what may pass, also with a new session. */
export const isTemporaryUpload = (error: unknown): boolean =>
  isTemporary(error) ||
  (error instanceof RegistryError &&
    (error.status === 416 || error.errors.some(({ code }) => sessionCodes.has(code))));

async function wasCommitted(
  context: RepositoryContext,
  { digest }: Descriptor,
  { signal }: CallOptions,
): Promise<boolean> {
  const { clock, signalOf } = context.registry;
  for (const wait of [0, 1000, 3000]) {
    if (wait > 0) await clock.sleep(wait, signalOf(signal));
    try {
      if (await blobExists(context, digest, { signal, tries: 'one' })) return true;
    } catch (error) {
      // Not knowing is no answer: the upload starts again.
      if (!(error instanceof TransportError || error instanceof RegistryError)) throw error;
    }
  }
  return false;
}
