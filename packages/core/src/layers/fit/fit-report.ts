import type { FitVerdict, MissingLayer } from './verdict.ts';

/** A verdict for machines, of a size that fits into an output. */
export interface FitReport extends Omit<FitVerdict, 'missing' | 'estimates'> {
  readonly schema: 'oci-matrix/fit/v1';
  readonly missing: {
    readonly count: number;
    /** At most 50. */
    readonly largest: readonly MissingLayer[];
  };
  readonly estimates: readonly {
    readonly app: string;
    readonly layers: number;
    readonly reason: string;
  }[];
}

/** Tells of a verdict in one document. */
export const fitReport = (verdict: FitVerdict): FitReport => ({
  schema: 'oci-matrix/fit/v1',
  ...verdict,
  missing: { count: verdict.missing.length, largest: verdict.missing.slice(0, 50) },
  estimates: verdict.estimates.map(({ app, digests, reason }) => ({
    app,
    reason,
    layers: digests.length,
  })),
});
