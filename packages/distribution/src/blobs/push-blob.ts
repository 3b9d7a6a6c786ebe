import { type Descriptor, parseDigest } from '@oci-matrix/oci';
import { RegistryError } from '../error/registry-error.ts';
import type { Learned } from '../learned.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { RequestBody } from '../transport/body.ts';
import { type BlobSource, blobBody } from './blob-source.ts';
import { cancelUpload } from './cancel-upload.ts';
import { leastChunk } from './chunk-size.ts';
import { commitBlob } from './commit-blob.ts';
import { isFormRefused } from './form-refused.ts';
import { mountAny } from './mount-blob.ts';
import { postBlob } from './post-blob.ts';
import { sendChunks } from './send-chunks.ts';
import { isTemporaryUpload } from './temporary-upload.ts';
import { startUpload } from './upload-session.ts';

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

/** A blob that is too large for one body; it goes in chunks. */
interface TooLarge {
  /** What the registry said, unless it was known before. */
  readonly refusal?: RegistryError;
  /** A session that is open. */
  readonly session?: URL | undefined;
}

type Pushed = 'uploaded' | 'mounted';

/**
 * Makes a blob present: mounts it where that works, else sends it whole, in one request if it is small, and in chunks where
 * it is too large for that. Does not look whether it is there already.
 * Throws `ContentError` if the source is not what the descriptor says, before its last bytes have left.
 */
export async function pushBlob(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: PushedFurther = {},
): Promise<Pushed> {
  parseDigest(descriptor.digest);
  const { signal, onProgress } = options;
  const body = await blobBody(descriptor, source, onProgress);

  let { session: open } = options;
  const attempt = async (): Promise<Pushed | TooLarge> => {
    const own = open;
    open = undefined;
    const mounted = own ?? (await mountAny(context, descriptor, options));
    return mounted === 'mounted'
      ? mounted
      : sendWhole(context, descriptor, body, { signal, session: mounted });
  };
  const pushed = await context.registry.retry(attempt, { signal, temporary: isTemporaryUpload });
  if (typeof pushed === 'string') return pushed;
  const { refusal, session } = pushed;
  try {
    await sendChunks(context, descriptor, source, { signal, onProgress, session });
  } catch (error) {
    // Where there are no chunks either, the limit is what has to change.
    throw refusal !== undefined && isFormRefused(error) ? refusal : error;
  }
  return 'uploaded';
}

/** Sends a blob in one body; gives back one that is too large for that. */
async function sendWhole(
  context: RepositoryContext,
  descriptor: Descriptor,
  body: RequestBody,
  { signal, session: open }: PushedFurther,
): Promise<'uploaded' | TooLarge> {
  const { learned } = context.registry;
  if (goesInChunks(learned, body.size)) return { session: open };
  const posted = open ?? (await postBlob(context, descriptor, body, { signal }));
  if (posted === 'uploaded') return posted;
  const session = posted ?? (await startUpload(context, { signal }));
  try {
    await commitBlob(context, session, descriptor, body, { signal });
    return 'uploaded';
  } catch (error) {
    await cancelUpload(context, session);
    if (!isTooLarge(learned, error)) throw error;
    learned.bodyLimit = Math.min(learned.bodyLimit ?? body.size, body.size);
    if (!goesInChunks(learned, body.size)) throw error;
    return { refusal: error };
  }
}

const goesInChunks = (learned: Learned, size: number): boolean =>
  size >= (learned.bodyLimit ?? Number.POSITIVE_INFINITY) && size > leastChunk(learned);

// A registry that says how small chunks may be may want them, whatever it says of a whole blob.
const isTooLarge = (learned: Learned, error: unknown): error is RegistryError =>
  error instanceof RegistryError &&
  (error.status === 413 || (learned.chunkMin !== undefined && isFormRefused(error)));
