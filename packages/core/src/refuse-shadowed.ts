import { type Descriptor, formatPlatform, selectByPlatform } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';

const isImage = (entry: Descriptor): boolean =>
  entry.artifactType === undefined && attestationSubject(entry) === undefined;

/** Refuses an index in which a runtime that looks for an image would find an artifact of the same platform first. */
export function refuseShadowed(entries: readonly Descriptor[]): void {
  for (const image of entries.filter((entry) => isImage(entry) && entry.platform !== undefined)) {
    const found = image.platform && selectByPlatform(entries, image.platform);
    if (found === undefined || isImage(found)) continue;
    throw new MatrixError(
      'ENTRY_DUPLICATE',
      `an artifact (${found.artifactType ?? found.digest}) would stand before the container image for ${image.platform ? formatPlatform(image.platform) : ''}, and runtimes would take it`,
      { hint: 'Give the artifact no platform, or one that no runtime asks for.' },
    );
  }
}
