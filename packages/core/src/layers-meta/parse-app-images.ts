import { parseReference, type Reference } from '@oci-matrix/oci';
import { MatrixError } from '../error.ts';

/** Reads lines that each name an image or an App in a registry, by tag or digest. Throws `INPUT_INVALID` where one does not. */
export const parseAppImages = (lines: readonly string[], input: string): readonly Reference[] =>
  lines.map((line) => {
    const reference = parseReference(line);
    if (reference.tag !== undefined || reference.digest !== undefined) return reference;
    throw new MatrixError('INPUT_INVALID', `${line} in ${input} has neither a tag nor a digest`, {
      hint: 'Write the whole reference, e.g. ghcr.io/acme/app:1.0.',
    });
  });
