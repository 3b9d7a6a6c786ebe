import { isDeepStrictEqual } from 'node:util';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** The number of jobs that one matrix may make. */
export const maxMatrixJobs = 256;

/**
 * The combinations of a matrix, in GitHub's order: the product of the axes, less what `exclude`
 * matches, each extended by the `include` entries that agree with it, then the other includes.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstrategymatrix
 */
export function expandMatrix(matrix: JsonObject): JsonObject[] {
  const { include, exclude, ...axes } = matrix;
  const excluded = objects(exclude, 'exclude');
  const base = product(axes).filter((leg) => !excluded.some((entry) => agrees(leg, entry)));
  const legs = [...base];
  const extended = base.map((leg) => ({ ...leg }));

  for (const entry of objects(include, 'include')) {
    const onAxes = Object.fromEntries(Object.entries(entry).filter(([key]) => key in axes));
    const matching = base.flatMap((leg, index) => (agrees(leg, onAxes) ? [index] : []));
    for (const index of matching) {
      extended[index] = { ...extended[index], ...entry };
    }
    if (matching.length === 0) {
      legs.push(entry);
    }
  }
  return checked([...extended, ...legs.slice(base.length)]);
}

function checked(legs: JsonObject[]): JsonObject[] {
  if (legs.length === 0) {
    throw new RangeError('the matrix makes no job at all');
  }
  if (legs.length > maxMatrixJobs) {
    throw new RangeError(`the matrix makes ${legs.length} jobs, more than ${maxMatrixJobs}`);
  }
  return legs;
}

function product(axes: JsonObject): JsonObject[] {
  const entries = Object.entries(axes);
  if (entries.length === 0) {
    return [];
  }
  return entries.reduce<JsonObject[]>(
    (legs, [name, values]) => {
      if (!Array.isArray(values) || values.length === 0) {
        throw new RangeError(`the axis ${JSON.stringify(name)} of the matrix has no values`);
      }
      return legs.flatMap((leg) => values.map((value: Json) => ({ ...leg, [name]: value })));
    },
    [{}],
  );
}

const agrees = (leg: JsonObject, entry: JsonObject): boolean =>
  Object.entries(entry).every(([key, value]) => isDeepStrictEqual(leg[key], value));

function objects(value: Json | undefined, name: string): JsonObject[] {
  if (value === undefined || value === null || value === '') {
    return [];
  }
  if (!Array.isArray(value) || !value.every(isJsonObject)) {
    throw new RangeError(`${name} of the matrix is not a list of mappings`);
  }
  return value;
}
