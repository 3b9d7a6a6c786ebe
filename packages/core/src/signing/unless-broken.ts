import { ContentError, RegistryError } from '@oci-matrix/distribution';
import { InvalidManifestError } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';

/**
 * What was read; undefined where it is no more what it should be, or no more there. Signatures of others are nothing to fail
 * for. What a registry refuses or does not answer is no such case.
 */
export async function unlessBroken<T>(reading: Promise<T>): Promise<T | undefined> {
  try {
    return await reading;
  } catch (error) {
    const isBroken =
      error instanceof InvalidManifestError ||
      error instanceof ContentError ||
      (error instanceof MatrixError && error.code === 'SOURCE_INVALID') ||
      (error instanceof RegistryError && error.status === 404);
    if (isBroken) return undefined;
    throw error;
  }
}
