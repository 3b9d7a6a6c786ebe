import { RegistryError } from '../error/registry-error.ts';
import { isTemporary } from '../retry/temporary.ts';

const sessionCodes = new Set(['BLOB_UNKNOWN', 'BLOB_UPLOAD_INVALID', 'BLOB_UPLOAD_UNKNOWN']);

/** True of a failure that is about the session: another one may do better. */
export const isSessionLost = (error: unknown): boolean =>
  error instanceof RegistryError &&
  (error.status === 416 || error.errors.some(({ code }) => sessionCodes.has(code)));

/** True of what may pass, also with a new session. */
export const isTemporaryUpload = (error: unknown): boolean =>
  isTemporary(error) || isSessionLost(error);
