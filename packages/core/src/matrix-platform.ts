import {
  formatPlatform,
  OciError,
  type Platform,
  parsePlatform,
  platformMatches,
} from '@oci-matrix/oci';
import { attestationSubject } from './attestation.ts';
import { MatrixError } from './error.ts';
import type { ImagePlan } from './image-plan.ts';
import type { Matrix } from './leg.ts';

/**
 * Refuses an image for another platform than the leg's matrix names in `platform` (`PLATFORM_MISMATCH`): it was most likely
 * built without it. Nothing is said of artifacts, nor where the matrix has no such key or its value is no platform.
 */
export function refuseOtherPlatform(
  { root, children = [root] }: ImagePlan,
  matrix: Matrix | null,
): void {
  const named = platformOf(matrix);
  if (named === undefined) return;
  const images = children.flatMap((entry) =>
    entry.artifactType === undefined && attestationSubject(entry) === undefined && entry.platform
      ? [entry.platform]
      : [],
  );
  if (images.length === 0 || images.some((platform) => platformMatches(named, platform))) return;
  throw new MatrixError(
    'PLATFORM_MISMATCH',
    `the matrix has the platform ${formatPlatform(named)} for this leg, but the image is for ${images.map(formatPlatform).join(', ')}`,
    {
      hint: 'Build for the platform of the matrix, or say with "platform" which one the image is for, if the matrix means another thing.',
    },
  );
}

function platformOf(matrix: Matrix | null): Platform | undefined {
  const value = matrix?.platform;
  if (typeof value !== 'string') return undefined;
  try {
    return parsePlatform(value);
  } catch (error) {
    if (error instanceof OciError) return undefined;
    throw error;
  }
}
