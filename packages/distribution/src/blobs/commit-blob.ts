import type { Descriptor } from '@oci-matrix/oci';
import { ProtocolError } from '../error/protocol-error.ts';
import { RegistryError } from '../error/registry-error.ts';
import { TransportError } from '../error/transport-error.ts';
import type { CallOptions, RepositoryContext } from '../repository-context.ts';
import type { RequestBody } from '../transport/body.ts';
import { blobExists } from './blob-exists.ts';
import { isSessionLost, isTemporaryUpload } from './temporary-upload.ts';
import { commitUpload } from './upload-session.ts';

/** Ends an upload with this body. Where it is open whether that was done, the blob is looked up before anybody repeats it. */
export async function commitBlob(
  context: RepositoryContext,
  location: URL,
  descriptor: Descriptor,
  body: RequestBody,
  options: CallOptions,
): Promise<void> {
  try {
    await commitUpload(context, location, descriptor, body, options);
  } catch (error) {
    if (!(await isThere(context, descriptor, lookupsAfter(error), options))) throw error;
  }
}

// In milliseconds before each look; none where the answer says that nothing was done.
function lookupsAfter(error: unknown): readonly number[] {
  if (isUnderway(error)) return [0, 1000, 3000];
  const isOpen = error instanceof RegistryError && error.status !== 429 && isTemporaryUpload(error);
  return isOpen ? [0] : [];
}

// What a gateway gives up on goes on behind it.
const gatewayTimeouts = new Set([499, 504, 522, 524]);

/** True if the registry may still be at it: of 51 commits that ghcr.io said to know nothing of, 40 were done: GoogleContainerTools/jib#4301 */
const isUnderway = (error: unknown): boolean =>
  error instanceof TransportError ||
  (error instanceof RegistryError &&
    (gatewayTimeouts.has(error.status) || (error.status === 404 && isSessionLost(error))));

async function isThere(
  context: RepositoryContext,
  { digest, size }: Descriptor,
  waits: readonly number[],
  { signal }: CallOptions,
): Promise<boolean> {
  const { clock, signalOf } = context.registry;
  for (const wait of waits) {
    if (wait > 0) await clock.sleep(wait, signalOf(signal));
    try {
      if (await blobExists(context, digest, { signal, size, tries: 'one' })) return true;
    } catch (error) {
      // Not knowing is no answer: the upload starts again.
      if (!isNoAnswer(error)) throw error;
    }
  }
  return false;
}

const isNoAnswer = (error: unknown): boolean =>
  [TransportError, RegistryError, ProtocolError].some((type) => error instanceof type);
