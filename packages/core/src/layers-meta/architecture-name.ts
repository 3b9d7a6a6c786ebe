import { normalisePlatform, type Platform } from '@oci-matrix/oci';

/** What a platform of Linux is called in a document of several: its architecture, with the variant where one is not implied. */
export function architectureName(platform: Platform): string {
  const { architecture, variant } = normalisePlatform(platform);
  return variant === undefined ? architecture : `${architecture}/${variant}`;
}
