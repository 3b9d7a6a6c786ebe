import type { FitEngine } from './app.ts';
import type { FitVerdict, VolumeVerdict } from './verdict.ts';

const blindness = {
  'aktualizr-lite':
    'it looks at each App alone, before anything is unpacked, and neither at inodes nor at what Docker keeps beside a layer',
  composectl:
    'it looks at the volume of the store alone, and neither at inodes nor at what Docker keeps beside a layer',
} as const;

/** What an engine that says yes does not see, in sentences. */
export function blindnessGaps(
  engine: Exclude<FitEngine, 'strict'>,
  strict: FitVerdict,
): readonly string[] {
  if (strict.fits) return strict.gaps;
  return strict.volumes
    .filter(({ fits }) => !fits)
    .map(({ volume, shortBy, inodes }) => {
      const bytes = shortBy > 0 ? [`${shortBy} bytes`] : [];
      const files = inodes?.shortBy ? [`${inodes.shortBy} inodes`] : [];
      const lacks = [...bytes, ...files].join(' and ');
      return `${engine} says yes, and yet the ${volume} volume is short by ${lacks} once everything is counted: ${blindness[engine]}`;
    });
}

/** Whether what Docker needs for a time fits beside the rest. */
export function passingGap(volumes: readonly VolumeVerdict[], passing = 0): readonly string[] {
  const last = volumes.at(-1);
  const short = last === undefined ? 0 : last.required + passing - last.available;
  if (last === undefined || passing === 0 || short <= 0) return [];
  return [
    `the ${last.volume} volume may be full for a time: while Docker loads an image from an archive it keeps a copy of that, up to ${passing} bytes here, and ${short} of these are missing`,
  ];
}
