import { canonicalText } from '@oci-matrix/oci';
import { MatrixError } from './error.ts';
import type { Matrix } from './leg.ts';

type Axes = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Axes =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): Axes[] => (Array.isArray(value) ? value.filter(isObject) : []);

const agrees = (a: Axes, b: Axes, keys: string[]): boolean =>
  keys.every((key) => key in b && canonicalText(a[key]) === canonicalText(b[key]));

// As many as a record may say that there are; GitHub itself runs 256.
const maxLegs = 10_000;

/** How many legs the axes of a matrix make, before `exclude` and `include`. */
export const productSize = (axes: Axes): number =>
  Object.values(axes).reduce<number>(
    (size, values) => size * (Array.isArray(values) ? values.length : 1),
    1,
  );

/**
 * The legs of a `strategy.matrix`: the product of its axes, less `exclude`, with `include` as GitHub applies it. Throws
 * `INPUT_INVALID` where that would be more than 10,000.
 */
export function expandMatrix(matrix: Axes): Matrix[] {
  const { include, exclude, ...axes } = matrix;
  if (productSize(axes) > maxLegs) throw tooLarge(productSize(axes));
  const product = Object.entries(axes).reduce<Axes[]>(
    (legs, [key, values]) =>
      legs.flatMap((leg) =>
        (Array.isArray(values) ? values : [values]).map((value) => ({ ...leg, [key]: value })),
      ),
    [{}],
  );
  const excluded = listOf(exclude);
  const legs = (Object.keys(axes).length === 0 ? [] : product).filter(
    (leg) => !excluded.some((out) => agrees(out, leg, Object.keys(out))),
  );
  return includeInto(legs, listOf(include), Object.keys(axes));
}

// An include extends every leg whose axes it does not contradict; one that extends none is a leg of its own.
function includeInto(legs: readonly Axes[], includes: readonly Axes[], axes: string[]): Axes[] {
  const extended = legs.map((leg) => ({ axes: leg, leg }));
  const added: Axes[] = [];
  for (const include of includes) {
    const shared = Object.keys(include).filter((key) => axes.includes(key));
    const matching = extended.filter((item) => agrees(include, item.axes, shared));
    for (const item of matching) item.leg = { ...item.leg, ...include };
    if (matching.length === 0) added.push(include);
  }
  return [...extended.map((item) => item.leg), ...added];
}

const tooLarge = (legs: number): MatrixError =>
  new MatrixError(
    'INPUT_INVALID',
    `the axes of the matrix make ${legs} legs, at most ${maxLegs} go`,
    {
      hint: 'Give the matrix as the job that planned it put it out, or the names of its legs, one a line.',
    },
  );
