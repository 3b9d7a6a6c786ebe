import { MatrixError } from '../../error.ts';

/** A sum of amounts. Throws `INPUT_INVALID` where it is beyond what can be counted exactly: no disk is that large. */
export const sum = (amounts: Iterable<number>, what = 'what the layers take'): number => {
  let total = 0;
  for (const amount of amounts) total = exact(total + amount, what);
  return total;
};

/** A product of amounts; throws as `sum` does. */
export const product = (a: number, b: number, what = 'what the layers take'): number =>
  exact(a * b, what);

/** To whole blocks. */
export const roundUp = (bytes: number, blockSize: number): number =>
  exact(Math.ceil(bytes / blockSize) * blockSize, 'the size of a layer');

function exact(amount: number, what: string): number {
  if (Number.isSafeInteger(amount) && amount >= 0) return amount;
  throw new MatrixError(
    'INPUT_INVALID',
    `${what} comes to ${amount}, which is no amount that can be counted: at most ${Number.MAX_SAFE_INTEGER} can`,
    { hint: 'Look for a number that is wrong in the layer metadata or among the inputs.' },
  );
}
