import { InputError } from '@oci-matrix/github';
import { type Descriptor, OciError, parseDescriptor } from '@oci-matrix/oci';

/** Reads the `descriptors` output of push-blobs: a list, or one alone. */
export function parseDescriptors(value: unknown): Descriptor[] {
  try {
    return (Array.isArray(value) ? value : [value]).map((item, at) =>
      parseDescriptor(item, `$[${at}]`),
    );
  } catch (error) {
    if (!(error instanceof OciError)) throw error;
    throw new InputError([
      {
        input: 'descriptors',
        reason: `is no list of descriptors: ${error.message}`,
        hint: 'Pass on the "descriptors" output of push-blobs as it is.',
      },
    ]);
  }
}
