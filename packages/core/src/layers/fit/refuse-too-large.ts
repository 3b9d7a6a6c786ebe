import { MatrixError } from '../../error.ts';
import type { FitVerdict, VolumeVerdict } from './verdict.ts';

/** Throws `TOO_LARGE` where an update does not fit. */
export function refuseTooLarge({ fits, volumes, engine, cleanUp }: FitVerdict): void {
  if (fits) return;
  const lacks = volumes.filter((volume) => !volume.fits).map(describe);
  throw new MatrixError(
    'TOO_LARGE',
    `the update does not fit by the rules of ${engine}: ${lacks.join('; ')}`,
    cleanUp?.fits
      ? { hint: 'Remove the images of "clean-up" from the device first: then it fits.' }
      : {},
  );
}

function describe({ volume, required, available, shortBy, inodes }: VolumeVerdict): string {
  const bytes = `${shortBy} bytes (${required} required, ${available} available)`;
  const files = `${inodes?.shortBy} inodes (${inodes?.required} required, ${inodes?.available} free)`;
  const lacks = [shortBy > 0 && bytes, inodes !== undefined && inodes.shortBy > 0 && files];
  return `the ${volume} volume lacks ${lacks.filter((lack) => lack !== false).join(' and ')}`;
}
