import type { Descriptor } from '@oci-matrix/oci';

/** What a leg handed over, as far as a test cares. */
export interface Leg {
  readonly leg?: string;
  readonly descriptor?: Descriptor;
  readonly children?: readonly Descriptor[];
  readonly outputs?: Readonly<Record<string, string>>;
  readonly group?: string;
  readonly total?: number;
  readonly index?: number;
  readonly attempt?: number;
  readonly job?: string;
  /** What it measured, by architecture. */
  readonly layers?: object;
}

/** The record of a leg, written by hand as its schema has it. */
export const recordOf = (leg: Leg, at = 0, total = 1): Record<string, unknown> => ({
  schema: 'oci-matrix/leg-record/v1',
  group: leg.group ?? 'app',
  leg: leg.leg ?? `leg-${at}`,
  index: leg.index ?? at,
  total: leg.total ?? total,
  matrix: null,
  ...(leg.descriptor === undefined ? {} : { descriptor: leg.descriptor }),
  ...(leg.children === undefined ? {} : { children: leg.children }),
  ...(leg.layers === undefined ? {} : { layers: leg.layers }),
  outputs: leg.outputs ?? {},
  run: { id: '1', number: 1, attempt: leg.attempt ?? 1, job: leg.job ?? 'push' },
  finishedAt: '2026-01-01T00:00:00.000Z',
});

/** The document that aggregate-outputs would write of these legs. */
export const recordsOf = (legs: readonly Leg[], missing: readonly string[] = []): string =>
  JSON.stringify({
    schema: 'oci-matrix/records/v1',
    group: 'app',
    complete: missing.length === 0,
    missing,
    records: legs.map((leg, at) => recordOf(leg, at, legs.length)),
  });

/** `toJSON(needs)` where a job's legs put their records out. */
export const needsOf = (legs: readonly Leg[], result = 'success'): string =>
  JSON.stringify({
    push: {
      result,
      outputs: Object.fromEntries(
        legs.map((leg, at) => [`record-${at}`, JSON.stringify(recordOf(leg, at, legs.length))]),
      ),
    },
  });
