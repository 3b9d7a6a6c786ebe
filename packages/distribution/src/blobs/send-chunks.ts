import type { Descriptor } from '@oci-matrix/oci';
import { RegistryError } from '../error/registry-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import { bytesBody, streamBody } from '../transport/body.ts';
import { type BlobReader, createBlobReader } from './blob-reader.ts';
import type { BlobSource } from './blob-source.ts';
import { cancelUpload } from './cancel-upload.ts';
import { askUpload, type Standing, sendChunk } from './chunk-requests.ts';
import { chunkSize, shrinkChunks } from './chunk-size.ts';
import { commitBlob } from './commit-blob.ts';
import { isSessionLost, isTemporaryUpload } from './temporary-upload.ts';
import { startUpload } from './upload-session.ts';

export interface SendChunksOptions extends CallOptions {
  /** A session that is open for the blob. */
  readonly session?: URL | undefined;
  readonly onProgress?: ((bytes: number) => void) | undefined;
}

/** An upload, whatever becomes of its sessions. */
interface Course {
  readonly context: RepositoryContext;
  readonly descriptor: Descriptor;
  readonly reader: BlobReader;
  readonly options: SendChunksOptions;
  /** Undefined while there is no session. */
  standing: Standing | undefined;
  /** Bytes that this session can have at most. */
  sent: number;
  /** True after a failure: then the registry knows more than its last answer said. */
  unsure: boolean;
}

/** What must come in between, in bytes, for failures to be forgotten. */
const enoughProgress = 4 * 1024 * 1024;

/**
 * Sends a blob in chunks. After a failure it goes on where the registry says that it stands, and in a new session if it does not say.
 * Throws `ContentError` if the source is not what the descriptor says, before its last bytes have left.
 */
export async function sendChunks(
  context: RepositoryContext,
  descriptor: Descriptor,
  source: BlobSource,
  options: SendChunksOptions = {},
): Promise<void> {
  const { session } = options;
  const course: Course = {
    context,
    descriptor,
    reader: createBlobReader(descriptor, source),
    options,
    standing: session && { location: session, received: 0 },
    sent: 0,
    unsure: false,
  };
  try {
    await persist(course);
  } catch (error) {
    await abandon(course);
    throw error;
  } finally {
    await course.reader.close();
  }
}

/** Tries as often as any request, and as often again whenever enough came in between. */
async function persist(course: Course): Promise<void> {
  const { registry } = course.context;
  const { signal } = course.options;
  const received = (): number => course.standing?.received ?? 0;
  for (;;) {
    const before = received();
    try {
      return await registry.retry(() => send(course), { signal, temporary: isTemporaryUpload });
    } catch (error) {
      if (!isTemporaryUpload(error) || received() - before < enoughProgress) throw error;
    }
  }
}

async function send(course: Course): Promise<void> {
  const { context, descriptor, options } = course;
  try {
    let standing = await resume(course);
    while (standing.received < descriptor.size) standing = await sendNext(course, standing);
    await commitBlob(context, standing.location, descriptor, bytesBody(new Uint8Array()), options);
  } catch (error) {
    course.unsure = true;
    // It said how far this session came, and does not stand by that: another one may do better.
    if (isSessionLost(error) && course.standing?.asked) await abandon(course);
    throw error;
  }
}

/** Where to go on: in the session that is open if the registry says how far it came, else in a new one. */
async function resume(course: Course): Promise<Standing> {
  const { context, standing, options } = course;
  if (standing !== undefined) {
    const told = course.unsure ? await askUpload(context, standing.location, options) : standing;
    if (told !== undefined && told.received <= course.sent) return settle(course, told);
    await abandon(course);
  }
  course.sent = 0;
  return settle(course, { location: await startUpload(context, options), received: 0 });
}

/** Lets go of the session, if there is one. */
async function abandon(course: Course): Promise<void> {
  const { context, standing } = course;
  course.standing = undefined;
  if (standing !== undefined) await cancelUpload(context, standing.location);
}

function settle(course: Course, standing: Standing): Standing {
  course.standing = standing;
  course.unsure = false;
  return standing;
}

/** Sends one chunk; where that is too large, only makes the next one smaller. */
async function sendNext(course: Course, standing: Standing): Promise<Standing> {
  const { context, descriptor, reader, options } = course;
  const { learned } = context.registry;
  const { received } = standing;
  const end = Math.min(received + chunkSize(learned), descriptor.size);
  course.sent = Math.max(course.sent, end);
  const body = streamBody(
    end - received,
    () => reader.read(received, end),
    (sent) => options.onProgress?.(received + sent),
  );
  try {
    return settle(course, await sendChunk(context, standing, body, options));
  } catch (error) {
    if (!isTooLarge(error) || !shrinkChunks(learned, body.size)) throw error;
    course.unsure = true;
    return resume(course);
  }
}

// 416 is what ghcr.io says of more than 4 MiB, and proxies say 413.
const isTooLarge = (error: unknown): boolean =>
  error instanceof RegistryError && (error.status === 413 || error.status === 416);
