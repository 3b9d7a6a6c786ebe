import type { Descriptor } from '@oci-matrix/oci';
import { type Annotation, entryAnnotations } from './annotations.ts';
import { attestationSubject } from './attestation.ts';

/** The entry with what the user says of it. An attestation stays as its builder wrote it. */
export function annotateEntry(
  descriptor: Descriptor,
  annotations: readonly Annotation[],
): Descriptor {
  if (attestationSubject(descriptor) !== undefined) return descriptor;
  const own = { ...descriptor.annotations, ...entryAnnotations(annotations, descriptor.platform) };
  return Object.keys(own).length === 0 ? descriptor : { ...descriptor, annotations: own };
}
