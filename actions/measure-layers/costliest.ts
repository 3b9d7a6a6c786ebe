import type { PlatformSummary } from '@oci-matrix/core';

/** The platform whose layers take most on the disk, the first of equals. */
export const costliest = (platforms: readonly PlatformSummary[]): PlatformSummary | undefined =>
  platforms.toSorted((a, b) => b.total.usage - a.total.usage)[0];
