import { formatReference, type RepositoryName } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import { parseImage } from './parse-image.ts';
import type { LegRecord } from './record.ts';

/** Reads the lines of `allow-images`: images without a tag. */
export const parseAllowedImages = (lines: readonly string[]): RepositoryName[] =>
  lines.map(parseImage);

/**
 * Throws `IMAGE_NOT_ALLOWED` where a record names another image than these. A record travels by artifact, and what runs in a
 * leg can write one: a pull request of a fork, for one. A record that names no image speaks of the image of the index.
 */
export function refuseForeignImages(
  records: readonly LegRecord[],
  allowed: readonly RepositoryName[],
): void {
  const names = allowed.map((image) => formatReference(image));
  for (const { leg, image, run } of records) {
    if (image === undefined || names.includes(normalised(image))) continue;
    throw new MatrixError(
      'IMAGE_NOT_ALLOWED',
      `the record of leg ${leg} (job ${run.job}, attempt ${run.attempt} of run ${run.id}) names the image ${image}, and only ${names.join(', ')} may be named`,
    );
  }
}

function normalised(image: string): string {
  try {
    return formatReference(parseImage(image));
  } catch {
    return image;
  }
}
