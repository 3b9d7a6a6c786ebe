import { canonicalText } from '@oci-matrix/oci';
import { expandMatrix } from './expand-matrix.ts';
import type { Expectation } from './expect.ts';
import type { Matrix } from './leg.ts';
import type { LegRecord } from './record.ts';

/** The legs that should be there and are not, in words; by `expected`, else by what the records themselves say of their matrix. */
export function missingLegs(
  records: readonly LegRecord[],
  expected: Expectation | undefined,
): string[] {
  if (expected === undefined) return missingByTotal(records);
  if (expected.kind === 'count') {
    const lacking = expected.count - records.length;
    return lacking > 0 ? [`${lacking} of the ${expected.count} expected legs`] : [];
  }
  const present = new Set(records.map(({ leg }) => leg));
  return expected.legs.filter((leg) => !present.has(leg));
}

function missingByTotal(records: readonly LegRecord[]): string[] {
  const jobs = Map.groupBy(records, ({ run }) => run.job);
  return [...jobs].flatMap(([job, legs]) => {
    const total = newestTotal(legs);
    const present = new Set(legs.map(({ index }) => index));
    const absent = Array.from({ length: total }, (_, index) => index).filter(
      (index) => !present.has(index),
    );
    const named = absent.length === 0 ? [] : missingOfProduct(legs, total);
    if (named.length === absent.length) return named.map((matrix) => legName(job, matrix));
    return absent.map((index) => `leg ${index + 1} of ${total} of job ${job}`);
  });
}

const newestTotal = (legs: readonly LegRecord[]): number =>
  legs.reduce((newest, leg) => (leg.run.attempt > newest.run.attempt ? leg : newest)).total;

/** A leg's name as GitHub shows it: `push (kvm, amd64)`. */
export const legName = (job: string, matrix: Matrix | null): string =>
  matrix === null ? job : `${job} (${Object.values(matrix).map(shown).join(', ')})`;

const shown = (value: unknown): string =>
  typeof value === 'string' ? value : canonicalText(value);

// Where the legs that are there show every value of every axis, the others are the rest of the product.
function missingOfProduct(legs: readonly LegRecord[], total: number): Matrix[] {
  const matrices = legs.flatMap(({ matrix }) => (matrix === null ? [] : [matrix]));
  const axes: Record<string, unknown[]> = {};
  for (const [key, value] of matrices.flatMap((matrix) => Object.entries(matrix))) {
    const values = axes[key] ?? [];
    const isNew = !values.some((seen) => canonicalText(seen) === canonicalText(value));
    axes[key] = isNew ? [...values, value] : values;
  }
  const product = expandMatrix(axes);
  if (product.length !== total) return [];
  const present = new Set(matrices.map(canonicalText));
  return product.filter((matrix) => !present.has(canonicalText(matrix)));
}
