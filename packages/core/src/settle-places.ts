import { canonicalText } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { Expectation } from './expect.ts';
import type { LegRecord } from './record.ts';

/** Who holds a place of a job's matrix: several steps of one leg are one occupant. */
export const occupantOf = ({ matrix }: LegRecord): string => canonicalText(matrix);

/**
 * The legs of one job without those that lost their place to another in a later attempt. Two legs in one place mean either
 * that the matrix was planned anew, or that a reusable workflow is called more than once: then every call has its first leg,
 * and its attempts. Where neither `all` records nor what is expected tells which, `LEG_DUPLICATE`.
 */
export function settlePlaces(
  newest: readonly LegRecord[],
  all: readonly LegRecord[],
  expected: Expectation | undefined,
): LegRecord[] {
  if (isCalledTwice(all)) return [...newest];
  const wanted = expected?.kind === 'legs' ? new Set(expected.legs) : undefined;
  return [...Map.groupBy(newest, ({ index }) => index).values()].flatMap((place) => {
    const latest = Math.max(...place.map(({ run }) => run.attempt));
    const current = place.filter(({ run }) => run.attempt === latest).map(occupantOf);
    const settled = place.filter(
      (record) => current.includes(occupantOf(record)) || wanted?.has(record.leg) !== false,
    );
    const old = settled.find((record) => !current.includes(occupantOf(record)));
    const now = settled.find(({ run }) => run.attempt === latest);
    if (old === undefined || now === undefined || wanted !== undefined) return settled;
    throw ambiguous(old, now);
  });
}

const isCalledTwice = (records: readonly LegRecord[]): boolean => {
  const places = Map.groupBy(records, ({ run, index }) => `${run.attempt} ${index}`);
  return [...places.values()].some((place) => new Set(place.map(occupantOf)).size > 1);
};

const ambiguous = (old: LegRecord, now: LegRecord): MatrixError =>
  new MatrixError(
    'LEG_DUPLICATE',
    `two legs have one place, ${now.index + 1} of ${now.total} of job ${now.run.job}: ${old.leg} of attempt ${old.run.attempt} and ${now.leg} of attempt ${now.run.attempt}`,
    {
      hint: 'Say with "expect" which legs there must be: the matrix was planned anew, or one workflow is called several times.',
    },
  );
