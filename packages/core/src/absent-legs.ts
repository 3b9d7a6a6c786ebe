import { canonicalText } from '@oci-matrix/oci';
import { expandMatrix, productSize } from './expand-matrix.ts';
import type { Expectation } from './expect.ts';
import { legId, type Matrix } from './leg.ts';
import type { LegRecord } from './record.ts';
import { occupantOf } from './settle-places.ts';

/** A leg that should be there, and is not. */
export interface AbsentLeg {
  /** In words: its name as GitHub shows it, its id, or its place. */
  readonly name: string;
  /** Its id, where that is known for sure. */
  readonly leg?: string;
}

/** The legs that should be there and are not; by `expected`, else by what the records themselves say of their matrix. */
export function absentLegs(
  records: readonly LegRecord[],
  expected: Expectation | undefined,
): AbsentLeg[] {
  if (expected === undefined) {
    if (records.length === 0) return [{ name: 'every leg: no record was found' }];
    return absentByTotal(records);
  }
  if (expected.kind === 'count') {
    const lacking = expected.count - records.length;
    return lacking > 0 ? [{ name: `${lacking} of the ${expected.count} expected legs` }] : [];
  }
  const present = new Set(records.map(({ leg }) => leg));
  return expected.legs.filter((leg) => !present.has(leg)).map((leg) => ({ name: leg, leg }));
}

function absentByTotal(records: readonly LegRecord[]): AbsentLeg[] {
  const matrices = Map.groupBy(records, ({ run, total }) => `${total} ${run.job}`);
  return [...matrices.values()].flatMap(absentOfMatrix);
}

// A reusable workflow that is called twice makes two matrices that look like one: then every place is held twice.
function absentOfMatrix(legs: readonly LegRecord[]): AbsentLeg[] {
  const [{ run, total } = { run: { job: '' }, total: 0 }] = legs;
  const places = Map.groupBy(legs, ({ index }) => index);
  const held = Array.from(
    { length: total },
    (_, index) => new Set(places.get(index)?.map(occupantOf)).size,
  );
  const calls = Math.max(...held);
  const absent = held.flatMap((count, index) => (count < calls ? [index] : []));
  const named = calls === 1 && absent.length > 0 ? missingOfProduct(legs, total) : [];
  if (named.length === absent.length) {
    return named.map((matrix) => absentOf(matrix, legs)).sort(byName);
  }
  const where = calls === 1 ? '' : ` in one of its ${calls} calls`;
  return absent.map((index) => ({
    name: `leg ${index + 1} of ${total} of job ${run.job}${where}`,
  }));
}

const byName = (a: AbsentLeg, b: AbsentLeg): number =>
  a.name < b.name ? -1 : a.name > b.name ? 1 : 0;

function absentOf(matrix: Matrix, others: readonly LegRecord[]): AbsentLeg {
  const job = others[0]?.run.job ?? '';
  const name = legName(job, matrix, others.find(({ axes }) => axes !== undefined)?.axes);
  // Where the others have names that a user gave, so had this one, and nobody knows which.
  const isDefault = others.every((other) => other.matrix && other.leg === legId(other.matrix));
  return isDefault ? { name, leg: legId(matrix) } : { name };
}

/** A leg's name as GitHub shows it: `push (kvm, amd64)`. `axes` are the keys in their order, which a record keeps. */
export function legName(
  job: string,
  matrix: Matrix | null,
  axes: readonly string[] = Object.keys(matrix ?? {}),
): string {
  const values = matrix === null ? [] : axes.flatMap((key) => valuesOf(matrix[key]));
  return values.length === 0 ? job : `${job} (${values.join(', ')})`;
}

// GitHub shows the innermost values, and nothing for what is empty.
function valuesOf(value: unknown): string[] {
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(valuesOf);
  return value === null || value === undefined || value === '' ? [] : [String(value)];
}

// Where the legs that are there show every value of every axis, the others are the rest of the product.
function missingOfProduct(legs: readonly LegRecord[], total: number): Matrix[] {
  const matrices = legs.flatMap(({ matrix }) => (matrix === null ? [] : [matrix]));
  const axes: Record<string, unknown[]> = {};
  for (const [key, value] of matrices.flatMap((matrix) => Object.entries(matrix))) {
    const values = axes[key] ?? [];
    const isNew = !values.some((seen) => canonicalText(seen) === canonicalText(value));
    axes[key] = isNew ? [...values, value] : values;
  }
  // An "include" of many keys looks like the product of all their values, which nobody can list.
  if (productSize(axes) !== total) return [];
  const product = expandMatrix(axes);
  const present = new Set(matrices.map(canonicalText));
  return product.filter((matrix) => !present.has(canonicalText(matrix)));
}
