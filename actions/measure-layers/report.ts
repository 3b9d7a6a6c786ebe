import type {
  LayersComparison,
  MeasuredImage,
  MeasuredPlatform,
  PlatformSummary,
} from '@oci-matrix/core';
import type { Digest } from '@oci-matrix/oci';
import type { PlatformBreach } from './budget.ts';

/** What was measured, for machines; of a size that fits into an output. */
export interface LayersReport {
  readonly schema: 'oci-matrix/measured-layers/v1';
  readonly store: string | undefined;
  readonly blockSize: number | undefined;
  readonly platforms: readonly PlatformReport[];
  /** What of the image is none for Linux. */
  readonly skipped: MeasuredImage['skipped'];
  readonly breaches: readonly PlatformBreach[];
}

interface PlatformReport extends Sums {
  readonly platform: string;
  /** Of the manifest. */
  readonly digest: Digest | undefined;
  readonly layers: number;
  readonly inodes: number;
  readonly largest: readonly (Sums & { readonly digest: Digest; readonly place: number })[];
  readonly change?: ChangeReport;
}

/** In bytes. */
interface Sums {
  readonly size: number;
  readonly usage: number;
  readonly archiveSize: number | undefined;
}

interface ChangeReport extends Pick<LayersComparison, 'download' | 'usage' | 'freed' | 'growth'> {
  readonly added: number;
  readonly removed: number;
  readonly shared: number;
}

export const reportOf = (
  { platforms, skipped }: MeasuredImage,
  summaries: readonly PlatformSummary[],
  breaches: readonly PlatformBreach[],
): LayersReport => ({
  schema: 'oci-matrix/measured-layers/v1',
  store: platforms[0]?.document.store,
  blockSize: platforms[0]?.document.fs_block_size,
  platforms: summaries.map((summary, at) => platformReport(summary, platforms[at])),
  skipped: skipped.slice(0, 50),
  breaches,
});

const platformReport = (
  { platform, total, largest, comparison }: PlatformSummary,
  measured: MeasuredPlatform | undefined,
): PlatformReport => ({
  platform,
  digest: measured?.manifest.digest,
  ...{ layers: total.layers, inodes: total.inodes },
  ...sumsOf(total),
  largest: largest.map((layer) => ({
    ...{ digest: layer.digest, place: layer.place },
    ...sumsOf(layer),
  })),
  ...(comparison === undefined ? {} : { change: changeOf(comparison) }),
});

const sumsOf = (of: {
  readonly size: number;
  readonly usage: number;
  readonly archive_size?: number;
}): Sums => ({ size: of.size, usage: of.usage, archiveSize: of.archive_size });

const changeOf = (comparison: LayersComparison): ChangeReport => {
  const { added, removed, shared, download, usage, freed, growth } = comparison;
  return {
    ...{ added: added.length, removed: removed.length, shared: shared.length },
    ...{ download, usage, freed, growth },
  };
};
