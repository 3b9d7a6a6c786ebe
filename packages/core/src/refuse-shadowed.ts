import { type Descriptor, formatPlatform, selectByPlatform } from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';

const isImage = (entry: Descriptor): boolean =>
  entry.artifactType === undefined && attestationSubject(entry) === undefined;

/**
 * Refuses an index in which a runtime would find an artifact where it could have an image: one of the same platform behind
 * it, or one for an older processor that it would have fallen back to.
 */
export function refuseShadowed(entries: readonly Descriptor[]): void {
  const images = entries.filter(isImage);
  const machines = entries.flatMap(({ platform }) => (platform === undefined ? [] : [platform]));
  for (const machine of machines) {
    const image = selectByPlatform(images, machine);
    const found = selectByPlatform(entries, machine);
    if (image === undefined || found === undefined || isImage(found)) continue;
    throw new MatrixError(
      'ENTRY_DUPLICATE',
      `the artifact ${found.digest} (${found.artifactType ?? 'an attestation'}) would stand before the container image ${image.digest} for ${formatPlatform(machine)}, and runtimes would take it`,
      { hint: 'Give the artifact no platform, or one that no runtime asks for.' },
    );
  }
}
